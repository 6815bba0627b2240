package dev.portcullis.benchmarks.calibration.figure;

/**
 * The place of a figure.
 *
 * @param table its name, e.g. T4
 * @param row its name
 * @param figure its name within the row
 */
public record Key(String table, String row, String figure) {}
