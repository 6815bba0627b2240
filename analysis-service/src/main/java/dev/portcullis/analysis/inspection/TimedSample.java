package dev.portcullis.analysis.inspection;

import dev.portcullis.analysis.metric.Sample;
import java.time.Instant;

/**
 * A sample and when it was so.
 *
 * @param time when the answer that has it was there, by the clock here
 */
public record TimedSample(Sample sample, Instant time) {}
