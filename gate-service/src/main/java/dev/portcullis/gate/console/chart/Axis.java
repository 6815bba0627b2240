package dev.portcullis.gate.console.chart;

import java.util.List;

/** Values along a straight line. */
interface Axis {
    /** Where a value is: 0 at the beginning, 1 at the end, and beyond both for what the axis does not reach. */
    double place(double value);

    /** The values that are written beside it, rising. */
    List<Tick> ticks();
}
