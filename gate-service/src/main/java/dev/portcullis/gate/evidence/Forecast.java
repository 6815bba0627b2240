package dev.portcullis.gate.evidence;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be expected if the evidence grows as it did in the last windows.
 *
 * @param windows that the pace was taken from, 1 or more
 * @param toPass empty when the evidence for the canary does not grow, or is there
 * @param toFail empty when the evidence against it does not grow
 */
public record Forecast(int windows, Optional<Duration> toPass, Optional<Duration> toFail) {}
