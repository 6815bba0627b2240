package dev.portcullis.gate.evidence;

import java.util.OptionalDouble;

/**
 * Too little traffic to show before the deadline that a canary is good enough.
 *
 * @param slo the SLO whose test needs most
 * @param againstBaseline whether that is the comparison with the baseline
 * @param needed canary requests needed from the beginning if none fails; empty when no number is enough
 * @param coming canary requests up to the deadline if they come as they did
 */
public record TrafficShortage(String slo, boolean againstBaseline, OptionalDouble needed, double coming) {}
