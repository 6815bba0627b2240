package dev.portcullis.gate.console.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The name of a line, with its value.
 *
 * @param kind class of the line
 * @param y where the line ends
 * @param text what is written
 */
record LineLabel(String kind, double y, String text) {
    private static final double HEIGHT = 15;

    LineLabel at(double height) {
        return new LineLabel(kind, height, text);
    }

    /** The labels one above the other, each as near to its line as the others let it, none above {@code top} or below {@code bottom} where there is room. */
    static List<LineLabel> spread(List<LineLabel> labels, double top, double bottom) {
        List<LineLabel> spread = new ArrayList<>();
        var free = top;
        for (var label :
                labels.stream().sorted(Comparator.comparingDouble(LineLabel::y)).toList()) {
            spread.add(label.at(Math.max(free, label.y)));
            free = spread.getLast().y + HEIGHT;
        }
        var most = bottom;
        for (var i = spread.size() - 1; i >= 0; i--) {
            spread.set(i, spread.get(i).at(Math.max(top + i * HEIGHT, Math.min(most, spread.get(i).y))));
            most = spread.get(i).y - HEIGHT;
        }
        return spread;
    }
}
