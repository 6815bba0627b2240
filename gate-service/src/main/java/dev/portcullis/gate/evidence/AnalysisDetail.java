package dev.portcullis.gate.evidence;

import dev.portcullis.gate.analysis.AnalysisReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that people see of one analysis at one moment.
 *
 * @param report what the gate decides by
 * @param begin when it began
 * @param window time summed into one vote
 * @param evidence of all tests together
 * @param history how it came to that, oldest first; the last point is of the last closed window
 * @param objectives in the order of the policy
 * @param forecast empty before the first window and once decided
 * @param shortage empty when the traffic is enough, or something is decided
 * @param notes what the last reading left out and why, one line each
 * @param previous empty unless the release before stands in for a baseline
 */
public record AnalysisDetail(
        AnalysisReport report,
        Instant begin,
        Duration window,
        Evidence evidence,
        List<EvidencePoint> history,
        List<ObjectiveDetail> objectives,
        Optional<Forecast> forecast,
        Optional<TrafficShortage> shortage,
        List<String> notes,
        Optional<PreviousRelease> previous) {
    /** Keeps its own copies. */
    public AnalysisDetail {
        history = List.copyOf(history);
        objectives = List.copyOf(objectives);
        notes = List.copyOf(notes);
    }
}
