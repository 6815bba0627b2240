package dev.portcullis.gate.evidence;

import java.util.Optional;

/**
 * What was known of one objective when a window closed.
 *
 * @param slo name of the SLO
 * @param canary the canary's requests up to then
 * @param baseline the baseline's; nothing without one
 * @param canaryRatio bounds on the canary's ratio of bad requests
 * @param baselineRatio bounds on the baseline's; empty without one
 */
public record ObjectivePoint(
        String slo,
        RequestCount canary,
        RequestCount baseline,
        Interval canaryRatio,
        Optional<Interval> baselineRatio) {}
