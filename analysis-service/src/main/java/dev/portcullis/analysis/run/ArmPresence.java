package dev.portcullis.analysis.run;

import dev.portcullis.analysis.metric.Arm;
import dev.portcullis.analysis.metric.CounterState;
import dev.portcullis.analysis.metric.Folded;
import dev.portcullis.analysis.metric.MeterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.UnreadPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the arms that were counted before are there in a reading. What an arm served before says nothing of what it serves now, and an arm that cannot be read is not one that
 * serves nothing.
 */
final class ArmPresence {
    /** So many readings a pod has to become ready. */
    private static final int FEW = 3;

    private final CounterState known;
    private final MeterReading.Counters reading;
    private final RunPlan plan;

    /** @param known the counters as last read, those of pods that are gone among them */
    ArmPresence(CounterState known, MeterReading.Counters reading, RunPlan plan) {
        this.known = known;
        this.reading = reading;
        this.plan = plan;
    }

    /** Why nothing can be measured; null when both arms are there, or were never there. What is there and cannot be counted is for others to say. */
    @Nullable
    Measuring absent() {
        if (!reading.faults().isEmpty()) {
            return null;
        }
        var gone = both().map(Both::absent).filter(Objects::nonNull).findFirst();
        return gone.isPresent() ? gone.get() : neverRead();
    }

    /** A baseline of which nothing was ever read, while a pod that may be its cannot be, is not known to serve nothing. */
    private @Nullable Measuring neverRead() {
        var baseline = plan.arms().baseline();
        if (baseline == null
                || reading.objectives().values().stream()
                        .anyMatch(one -> !one.baselinePods().isEmpty())) {
            return null;
        }
        return reading.unread().stream()
                .filter(pod -> pod.back() == null && mayBe(pod, baseline, false))
                .map(UnreadPod::why)
                .sorted()
                .findFirst()
                .map(why -> Measuring.unreachable(
                        "no series of the " + plan.baselineName() + " could be read; missing: " + why))
                .orElse(null);
    }

    /**
     * Why a PASS is not given though the rest is counted: a pod that is, or may be, the canary's cannot be read, and is the likeliest to be broken. Null when there is none. A pod that
     * just starts has some readings to become ready; one that can be read again is waited for until what it served meanwhile has been judged.
     */
    @Nullable
    String unread(Instant now) {
        return reading.unread().stream()
                .filter(pod -> mayBe(pod, plan.arms().canary(), true) && isLong(pod, now))
                .map(UnreadPod::why)
                .sorted()
                .findFirst()
                .map(why -> "a pod that may be the " + plan.purpose().subject() + "'s "
                        + "cannot be read, or could not until a moment ago: " + why
                        + "; the others are counted, but without it none is passed")
                .orElse(null);
    }

    private boolean isLong(UnreadPod pod, Instant now) {
        var rhythm = plan.settings().rhythm();
        var back = pod.back();
        var unread = Duration.between(pod.since(), back == null ? now : back);
        return unread.compareTo(rhythm.poll().multipliedBy(FEW)) >= 0
                && (back == null || now.isBefore(back.plus(rhythm.window().multipliedBy(2))));
    }

    /** Where the page alone would tell the arm, a pod may be of either, unless it was read as one of the other. */
    private boolean mayBe(UnreadPod pod, Arm arm, boolean ofCanary) {
        if (pod.labels().containsKey(arm.label())) {
            return arm.owns(pod.labels());
        }
        var instance = "instance=\"" + pod.labels().getOrDefault("instance", "") + "\"";
        return known.objectives().values().stream()
                .noneMatch(objective -> has(ofCanary ? objective.baseline() : objective.canary(), instance)
                        && !has(ofCanary ? objective.canary() : objective.baseline(), instance));
    }

    private static boolean has(Map<String, PodCounters> pods, String instance) {
        return pods.keySet().stream().anyMatch(pod -> pod.contains(instance));
    }

    /** Whether the requests since the last reading can be compared: not when all pods of a baseline that was there are new, for then nothing is known of what it served meanwhile. */
    boolean comparable() {
        return both().allMatch(Both::comparable);
    }

    /** The same without a count; the next difference is taken from here. */
    Folded withoutCounts(Folded folded) {
        return new Folded(
                Map.of(),
                Map.of(),
                folded.state(),
                folded.faults(),
                Stream.concat(
                                Stream.of("all pods of the " + plan.baselineName()
                                        + " are new, so that what was served since the reading before is not counted"),
                                folded.notes().stream())
                        .toList());
    }

    private Stream<Both> both() {
        return new TreeMap<>(known.objectives())
                .entrySet().stream()
                        .filter(objective -> reading.objectives().containsKey(objective.getKey()))
                        .map(objective -> new Both(
                                objective.getKey(),
                                objective.getValue(),
                                Objects.requireNonNull(reading.objectives().get(objective.getKey()))));
    }

    /** An objective, as it was before and as it is now. */
    private final class Both {
        private final String name;
        private final ObjectiveCounters before;
        private final ObjectiveReading now;

        Both(String name, ObjectiveCounters before, ObjectiveReading now) {
            this.name = name;
            this.before = before;
            this.now = now;
        }

        private @Nullable Measuring absent() {
            if (now.canaryPods().isEmpty() && hasLasting(before.canary())) {
                return Measuring.gone(gone(
                        plan.purpose().subject() + " '" + plan.arms().canary().value() + "'", before.canary()));
            }
            var baseline = plan.arms().baseline();
            if (baseline != null && now.baselinePods().isEmpty() && hasLasting(before.baseline())) {
                var who = plan.baselineName();
                var named = plan.objectives().baseline().label() == null ? who + " '" + baseline.value() + "'" : who;
                return Measuring.unreachable(gone(named, before.baseline())
                        + ", and nothing is known of what it would show. If the " + who
                        + " was scaled down on purpose, a person has to decide: PromoteRelease or AbortRelease");
            }
            return null;
        }

        private String gone(String who, Map<String, PodCounters> pods) {
            var missing =
                    reading.notes().isEmpty() ? "" : "; " + reading.notes().getFirst();
            return "the series of the " + who + " that " + name + " counts are gone (last read at " + lastRead(pods)
                    + missing + ")";
        }

        private boolean comparable() {
            var pods = now.baselinePods();
            return pods.isEmpty()
                    || before.baseline().isEmpty()
                    || !Collections.disjoint(pods, before.baseline().keySet());
        }
    }

    /** A source that adds up by itself has a series only once something happened. */
    private static boolean hasLasting(Map<String, PodCounters> pods) {
        return pods.values().stream()
                .anyMatch(pod -> !pod.total().isEmpty() && lasts(pod.total().keySet()));
    }

    private static boolean lasts(Set<String> series) {
        return series.stream().noneMatch(one -> one.contains(Sample.SINCE + "=\""));
    }

    private static Instant lastRead(Map<String, PodCounters> pods) {
        return Instant.ofEpochMilli(pods.values().stream()
                .map(PodCounters::history)
                .filter(Objects::nonNull)
                .mapToLong(ProcessHistory::readMillis)
                .max()
                .orElse(0));
    }
}
