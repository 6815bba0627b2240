package dev.portcullis.gate.console.evidence;

/**
 * How a canary compares with something, as an interval.
 *
 * @param heading what it is compared with
 * @param svg the picture
 * @param text the same in a sentence
 */
public record IntervalView(String heading, String svg, String text) {}
