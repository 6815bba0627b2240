package dev.portcullis.gate.evidence;

/**
 * The evidence of all tests together and what it is held against: natural logarithms of e-values.
 *
 * @param fail that the canary is beyond its limits
 * @param pass that it is within them
 * @param failThreshold FAIL at or above
 * @param passThreshold PASS at or above
 */
public record Evidence(double fail, double pass, double failThreshold, double passThreshold) {}
