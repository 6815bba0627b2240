package dev.portcullis.gate.policy;

import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.release.ReleaseDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A release as it might be, which a policy is tried with.
 *
 * @param verdict of its analysis; a FAIL is one of an SLO
 * @param failing severities of the objectives that a FAIL rests on
 * @param measuring whether its canary can be measured
 * @param windows closed windows of its analysis
 * @param details what is told of it
 * @param servedFor how long ago its canary's first request was seen
 * @param time when it is decided on
 * @param budgets the part that is left of the error budgets of the service, by SLO
 * @param objectives what was counted
 */
public record PolicyCase(
        Verdict verdict,
        Set<Severity> failing,
        MeasuringState measuring,
        int windows,
        ReleaseDetails details,
        Duration servedFor,
        Instant time,
        Map<String, Double> budgets,
        List<ObjectiveFigures> objectives) {
    public PolicyCase {
        failing = Set.copyOf(failing);
        budgets = Map.copyOf(budgets);
        objectives = List.copyOf(objectives);
    }
}
