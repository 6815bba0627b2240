package dev.portcullis.analysis.diagnosis;

import java.time.Duration;

/**
 * What became of the series of a query in some time up to now.
 *
 * @param time how long
 * @param increase of all of them together; as far as a source estimates, an estimate
 * @param falls how often the value of one of them fell, of the one that fell most
 */
public record Past(Duration time, double increase, double falls) {}
