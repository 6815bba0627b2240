package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.fold.ReadingChange.Consequence;
import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.SeriesText;
import dev.portcullis.analysis.query.Selector;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An arm that counts requests and has no series at all of the metric that counts its good ones: a version that gave that metric another name looks like one that serves no good request. Where
 * good requests are series of the metric that counts all, the others show that it is there, and that none is good.
 */
final class MissingGood {
    private MissingGood() {}

    /** An arm of which nobody knows whether it serves good requests. */
    static @Nullable Doubt<Consequence> ofArm(ReadingChange change) {
        for (Map.Entry<String, Selector> apart : new TreeMap<>(change.rules().goodApart()).entrySet()) {
            String objective = apart.getKey();
            if (change.reading().faults().isEmpty()
                    && change.reading().objectives().get(objective) instanceof ObjectiveCounters now) {
                for (boolean canary : new boolean[] {true, false}) {
                    if (isMissing(change, objective, now, canary)) {
                        return new Doubt<>(
                                told(change, objective, now, apart.getValue(), canary), Consequence.UNCOUNTED);
                    }
                }
            }
        }
        return null;
    }

    /** Not when it had one before: what has left is for {@link VanishedSeries}, and a process that was restarted may have served no good request yet. */
    private static boolean isMissing(ReadingChange change, String objective, ObjectiveCounters now, boolean canary) {
        ObjectiveCounters before = change.known().objectives().get(objective);
        return requests(now.ofArm(canary)) > 0
                && !hasGood(now.ofArm(canary))
                && (before == null || !hasGood(before.ofArm(canary)))
                && Optional.ofNullable(change.counted().get(objective))
                        .map(counted -> !servedGood(counted, canary))
                        .orElse(true);
    }

    private static double requests(Map<String, PodCounters> pods) {
        return pods.values().stream().mapToDouble(PodCounters::sum).sum();
    }

    private static boolean hasGood(Map<String, PodCounters> pods) {
        return pods.values().stream().anyMatch(pod -> pod.parts().stream().anyMatch(part -> !part.isEmpty()));
    }

    private static boolean servedGood(Observation counted, boolean canary) {
        ArmCounts arms = counted.at(0);
        Counts counts = canary ? arms.canary() : arms.baseline();
        return counts.bad() < counts.total();
    }

    private static String told(
            ReadingChange change, String objective, ObjectiveCounters now, Selector good, boolean canary) {
        ReadingChange.Rules rules = change.rules();
        String other = canary ? rules.baseline() : rules.canary();
        return "objective '" + objective + "': the " + (canary ? rules.canary() : rules.baseline()) + " has counted "
                + SeriesText.value(requests(now.ofArm(canary))) + " requests and has no series of good ones, "
                + good.render() + (hasGood(now.ofArm(!canary)) ? ", which the " + other + " has" : "")
                + "; a version that counts them by another name looks like one that serves none. Correct the query, or let it"
                + " have the counter from its start, with 0";
    }
}
