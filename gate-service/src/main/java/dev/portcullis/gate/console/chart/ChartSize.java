package dev.portcullis.gate.console.chart;

/** Size of a chart over time, in units that are pixels where it is shown as wide as it was drawn. */
public enum ChartSize {
    /** Beside another one on a desk; names stand at the ends of their lines. */
    WIDE(560, 260, 6, 5),
    /** On a phone; names stand above. */
    NARROW(320, 250, 4, 4);

    private final double width;
    private final double height;
    private final int timeTicks;
    private final int valueSteps;

    ChartSize(double width, double height, int timeTicks, int valueSteps) {
        this.width = width;
        this.height = height;
        this.timeTicks = timeTicks;
        this.valueSteps = valueSteps;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    int timeTicks() {
        return timeTicks;
    }

    int valueSteps() {
        return valueSteps;
    }
}
