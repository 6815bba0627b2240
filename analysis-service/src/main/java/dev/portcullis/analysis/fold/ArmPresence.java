package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.ReadingChange.Consequence;
import dev.portcullis.analysis.fold.ReadingChange.ObjectiveChange;
import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.UnreadPod;
import dev.portcullis.analysis.query.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether the arms that were counted before are there in a reading. What an arm served before says nothing of what it serves now, and an arm that cannot be read is not one that
 * serves nothing.
 */
final class ArmPresence {
    /** So many readings a pod has to become ready. */
    private static final int FEW = 3;

    private ArmPresence() {}

    /** An arm that was there and is not. What is there and cannot be counted is for others to say. */
    static @Nullable Doubt<Consequence> gone(ReadingChange change) {
        return change.reading().faults().isEmpty()
                ? change.both().stream()
                        .map(objectiveChange -> gone(change, objectiveChange))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static @Nullable Doubt<Consequence> gone(ReadingChange change, ObjectiveChange objectiveChange) {
        ReadingChange.Rules rules = change.rules();
        if (objectiveChange.now().canaryPods().isEmpty() && hasLasting(objectiveChange.before(true))) {
            String who = rules.canary() + " '" + rules.arms().canary().value() + "'";
            return new Doubt<>(gone(change, objectiveChange, who, true), Consequence.CANARY_GONE);
        }
        boolean gone = rules.arms().baseline() != null
                && objectiveChange.now().baselinePods().isEmpty()
                && hasLasting(objectiveChange.before(false));
        return gone
                ? new Doubt<>(
                        gone(change, objectiveChange, rules.baselineNamed(), false)
                                + ", and nothing is known of what it would show. If the " + rules.baseline()
                                + " was scaled down on purpose, a person has to decide: PromoteRelease or AbortRelease",
                        Consequence.UNCOUNTED)
                : null;
    }

    private static String gone(ReadingChange change, ObjectiveChange objectiveChange, String who, boolean canary) {
        String missing = change.reading().notes().isEmpty()
                ? ""
                : "; " + change.reading().notes().getFirst();
        return "the series of the " + who + " that " + objectiveChange.objective() + " counts are gone (last read at "
                + lastRead(objectiveChange.before(canary)) + missing + ")";
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
        return pods.values().stream()
                .map(PodCounters::lastRead)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** A baseline of which nothing was ever read, while a pod that may be its cannot be: it is not known to serve nothing. */
    static @Nullable Doubt<Consequence> neverRead(ReadingChange change) {
        Arm baseline = change.rules().arms().baseline();
        if (baseline == null
                || !change.reading().faults().isEmpty()
                || change.reading().objectives().values().stream()
                        .anyMatch(one -> !one.baselinePods().isEmpty())) {
            return null;
        }
        String why = firstUnread(change, pod -> pod.back() == null && mayBe(change, pod, baseline, false));
        return why == null
                ? null
                : new Doubt<>(
                        "no series of the " + change.rules().baseline() + " could be read; missing: " + why,
                        Consequence.UNCOUNTED);
    }

    /** A baseline all of whose pods are new: nothing is known of what it served since the last reading, so that what the canary did cannot be compared. */
    static @Nullable Doubt<Consequence> replaced(ReadingChange change) {
        return change.both().stream().anyMatch(ArmPresence::isReplaced)
                ? new Doubt<>(
                        "all pods of the " + change.rules().baseline()
                                + " are new, so that what was served since the reading before is not counted",
                        Consequence.STARTING_POINT)
                : null;
    }

    private static boolean isReplaced(ObjectiveChange objectiveChange) {
        Set<String> pods = objectiveChange.now().baselinePods();
        Set<String> before = objectiveChange.before(false).keySet();
        return !pods.isEmpty() && !before.isEmpty() && Collections.disjoint(pods, before);
    }

    /**
     * A pod that is, or may be, the canary's and cannot be read, which is the likeliest to be broken. A pod that just starts has some readings to become ready; one that can be read
     * again is waited for until what it served meanwhile has been judged.
     */
    static @Nullable Doubt<Consequence> unread(ReadingChange change) {
        String why = firstUnread(
                change, pod -> mayBe(change, pod, change.rules().arms().canary(), true) && isLong(change, pod));
        return why == null
                ? null
                : new Doubt<>(
                        "a pod that may be the " + change.rules().canary()
                                + "'s cannot be read, or could not until a moment ago: " + why
                                + "; the others are counted, but without it none is passed",
                        Consequence.NO_PASS);
    }

    private static @Nullable String firstUnread(ReadingChange change, Predicate<UnreadPod> meant) {
        return change.reading().unread().stream()
                .filter(meant)
                .map(UnreadPod::why)
                .min(String::compareTo)
                .orElse(null);
    }

    private static boolean isLong(ReadingChange change, UnreadPod pod) {
        Instant back = pod.back();
        Duration unread = Duration.between(pod.since(), back == null ? change.now() : back);
        return unread.compareTo(change.rules().poll().multipliedBy(FEW)) >= 0
                && (back == null
                        || change.now()
                                .isBefore(back.plus(change.rules().window().multipliedBy(2))));
    }

    /** Where the page alone would tell the arm, a pod may be of either, unless it was read as one of the other. */
    private static boolean mayBe(ReadingChange change, UnreadPod pod, Arm arm, boolean ofCanary) {
        if (pod.labels().containsKey(arm.label())) {
            return arm.owns(pod.labels());
        }
        String instance = "instance=\"" + pod.labels().getOrDefault("instance", "") + "\"";
        return change.known().objectives().values().stream()
                .noneMatch(objective ->
                        has(objective.ofArm(!ofCanary), instance) && !has(objective.ofArm(ofCanary), instance));
    }

    private static boolean has(Map<String, PodCounters> pods, String instance) {
        return pods.keySet().stream().anyMatch(pod -> pod.contains(instance));
    }
}
