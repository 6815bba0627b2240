package dev.portcullis.launcher.release;

import dev.portcullis.kit.text.NumberText;
import dev.portcullis.launcher.release.Paint.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Ratios over time in characters: a row is a ratio, a column a time. What is drawn later covers what is there. Not thread-safe.
 */
final class TextPlot {
    private static final int ROWS = 9;
    private static final int LEFT = 10;
    private static final int DIGITS = 3;
    private static final double[] ROUND = {1, 2, 5, 10};

    private final int columns;
    private final double top;
    private final Glyphs glyphs;
    private final Paint paint;
    private final Cell[][] cells;
    private final Map<Integer, Cell> labels = new TreeMap<>();

    private record Cell(Colour colour, String text) {}

    /**
     * An empty one.
     *
     * @param columns how many, 1 or more
     * @param largest ratio that has to be seen, above 0
     */
    TextPlot(int columns, double largest, Glyphs glyphs, Paint paint) {
        this.columns = columns;
        this.top = round(largest);
        this.glyphs = glyphs;
        this.paint = paint;
        this.cells = new Cell[ROWS][columns];
    }

    private static double round(double largest) {
        var magnitude = Math.pow(10, Math.floor(Math.log10(largest)));
        for (var factor : ROUND) {
            if (factor * magnitude >= largest * (1 - 1e-9)) {
                return Math.min(1, factor * magnitude);
            }
        }
        return 1;
    }

    private int row(double ratio) {
        return ROWS - 1 - (int) Math.round(ratio / top * (ROWS - 1));
    }

    /** All rows between two ratios of a column. */
    void band(int column, double from, double to, char glyph, Colour colour) {
        for (var row = Math.max(0, row(to)); row <= Math.min(ROWS - 1, row(from)); row++) {
            cells[row][column] = new Cell(colour, String.valueOf(glyph));
        }
    }

    /** A ratio of each column; NaN for none. */
    void line(DoubleUnaryOperator ratio, char glyph, Colour colour) {
        for (var column = 0; column < columns; column++) {
            var value = ratio.applyAsDouble(column);
            if (!Double.isNaN(value) && row(value) >= 0) {
                cells[row(value)][column] = new Cell(colour, String.valueOf(glyph));
            }
        }
    }

    /** What a line is, beside its end, or in the nearest row that is free. */
    void label(double ratio, String text, Colour colour) {
        var wanted = Math.clamp(row(ratio), 0, ROWS - 1);
        IntStream.range(0, 2 * ROWS)
                .map(i -> wanted + (i % 2 == 0 ? i / 2 : -(i + 1) / 2))
                .filter(row -> row >= 0 && row < ROWS && !labels.containsKey(row))
                .findFirst()
                .ifPresent(row -> labels.put(row, new Cell(colour, text)));
    }

    /**
     * The plot.
     *
     * @param begin what stands under its beginning
     * @param end what stands under its end
     */
    List<String> lines(String begin, String end) {
        List<String> lines = new ArrayList<>();
        for (var row = 0; row < ROWS; row++) {
            lines.add((axis(row) + cells(row) + label(row)).stripTrailing());
        }
        lines.add(paint.in(
                Colour.AXIS,
                " ".repeat(LEFT - 1)
                        + glyphs.corner()
                        + String.valueOf(glyphs.base()).repeat(columns)));
        var gap = Math.max(1, columns - begin.length() - end.length());
        lines.add(paint.in(Colour.AXIS, " ".repeat(LEFT) + begin + " ".repeat(gap) + end));
        return lines;
    }

    private String axis(int row) {
        var text = row % 2 == 0 ? percent(top * (ROWS - 1 - row) / (ROWS - 1)) : "";
        return paint.in(Colour.AXIS, " ".repeat(Math.max(0, LEFT - 2 - text.length())) + text + " " + glyphs.side());
    }

    private static String percent(double ratio) {
        return ratio == 0 ? "0 %" : NumberText.percent(ratio, DIGITS);
    }

    /** Neighbours of one colour are painted together. */
    private String cells(int row) {
        var line = new StringBuilder();
        var column = 0;
        while (column < columns) {
            var colour = colour(row, column);
            var text = new StringBuilder();
            while (column < columns && colour(row, column).equals(colour)) {
                var cell = cells[row][column++];
                text.append(cell == null ? " " : cell.text);
            }
            line.append(colour.map(known -> paint.in(known, text.toString())).orElseGet(text::toString));
        }
        return line.toString();
    }

    private Optional<Colour> colour(int row, int column) {
        return Optional.ofNullable(cells[row][column]).map(Cell::colour);
    }

    private String label(int row) {
        return Optional.ofNullable(labels.get(row))
                .map(label -> "  " + paint.in(label.colour, label.text))
                .orElse("");
    }
}
