package dev.portcullis.gate.evidence;

import java.time.Instant;
import java.util.List;

/**
 * What was known when a window closed.
 *
 * @param window its index, from 1
 * @param time when it closed
 * @param fail evidence that the canary is beyond its limits, natural logarithm
 * @param pass evidence that it is within them, natural logarithm
 * @param objectives of each objective, in the order of the policy
 */
public record EvidencePoint(int window, Instant time, double fail, double pass, List<ObjectivePoint> objectives) {
    /** Keeps its own copy. */
    public EvidencePoint {
        objectives = List.copyOf(objectives);
    }
}
