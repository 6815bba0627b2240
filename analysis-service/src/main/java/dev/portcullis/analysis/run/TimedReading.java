package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.MeterReading;
import java.time.Instant;

/**
 * A reading and when its counters stood so.
 *
 * @param moment of the counters, as far as their source can tell
 */
public record TimedReading(Instant moment, MeterReading reading) {}
