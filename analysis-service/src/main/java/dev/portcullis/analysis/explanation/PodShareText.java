package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import java.util.Map;
import java.util.Optional;

/** How the canary's bad requests divide between its pods: one sick node looks like a sick release, but is another repair. */
final class PodShareText {
    /** A pod with this share of the bad requests has them as good as alone. */
    private static final double NEARLY_ALL = 0.8;

    private static final double MOST = 2 / 3.0;
    private static final double FEW = 3;

    private PodShareText() {}

    /** One sentence; empty when there are too few bad requests, or a single pod, to tell. */
    static Optional<String> of(AnalysisRun run, Objective objective) {
        var pods = run.measurement().totals().canaryPods().getOrDefault(objective.name(), Map.of());
        var served = pods.values().stream().filter(pod -> pod.total() > 0).count();
        var bad = pods.values().stream().mapToDouble(Counts::bad).sum();
        if (served == 0 || bad < FEW) {
            return Optional.empty();
        }
        if (served == 1) {
            return Optional.of(
                    "The " + Phrases.subject(run) + " has a single pod, so a sick node would look the same.");
        }
        var errors = objective.indicator() instanceof LatencyIndicator ? "slow requests" : "errors";
        return Optional.of(alone(pods, bad)
                .map(pod -> FigureFormat.percent(pod.getValue().bad() / bad) + " of the " + errors + " are in 1 of "
                        + served + " " + Phrases.subject(run) + " pods: " + pod.getKey() + ".")
                .orElseGet(() -> "The " + errors + " are spread over "
                        + pods.values().stream().filter(pod -> pod.bad() > 0).count() + " of " + served
                        + " " + Phrases.subject(run) + " pods."));
    }

    /** The pod that has nearly all of the bad requests, and not because it has nearly all of the traffic. */
    private static Optional<Map.Entry<String, Counts>> alone(Map<String, Counts> pods, double bad) {
        var total = pods.values().stream().mapToDouble(Counts::total).sum();
        return pods.entrySet().stream()
                .filter(pod -> pod.getValue().bad() >= NEARLY_ALL * bad)
                .filter(pod -> pod.getValue().total() <= MOST * total)
                .findFirst();
    }
}
