package dev.portcullis.gate.console.chart;

/**
 * A value of an axis that is written beside it.
 *
 * @param place where on the axis: 0 its beginning, 1 its end
 * @param label what is written; empty for a line alone
 */
record Tick(double place, String label) {}
