package dev.portcullis.gate.evidence;

import java.time.Instant;
import java.util.List;

/**
 * What was counted of the release before, where there is no baseline of the same time.
 *
 * @param analysis its analysis, "analyses/{uuid}"
 * @param canary arm label value of its pods
 * @param end when its analysis ended
 * @param objectives by SLO
 */
public record PreviousRelease(String analysis, String canary, Instant end, List<PreviousObjective> objectives) {
    /** Keeps its own copy. */
    public PreviousRelease {
        objectives = List.copyOf(objectives);
    }

    /**
     * What was counted for one SLO.
     *
     * @param slo its name
     */
    public record PreviousObjective(String slo, RequestCount requests) {}
}
