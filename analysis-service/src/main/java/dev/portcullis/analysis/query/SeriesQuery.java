package dev.portcullis.analysis.query;

/**
 * Series that one analysis wants to be read.
 *
 * @param selector which counters
 * @param arms of which pods
 */
public record SeriesQuery(Selector selector, Arms arms) {}
