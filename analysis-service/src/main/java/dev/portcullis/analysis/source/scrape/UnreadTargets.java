package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.metric.UnreadPod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which targets could not be read, and from when to when: a pod that just starts is told from one that stays unreadable. Readings that fail in a row are told as one; a target that was read
 * in between has two, since its counters are cumulative and that page made up for what was missed before. Thread-safe.
 */
final class UnreadTargets {
    /** Readings that failed are told for so long after the target could be read again. */
    private static final Duration TOLD = Duration.ofHours(1);

    /** By target, earliest first. Only the last one may still go on. */
    private final Map<Target, List<UnreadPod>> rows = new HashMap<>();

    /** Takes in a reading. */
    synchronized void see(Collection<Target> targets, Map<Target, String> failed, Instant moment) {
        rows.keySet().retainAll(targets);
        rows.forEach((target, of) -> {
            if (!failed.containsKey(target)) {
                end(of, moment);
            }
        });
        failed.forEach(
                (target, why) -> fail(rows.computeIfAbsent(target, t -> new ArrayList<>()), target, why, moment));
        rows.values().forEach(of -> of.removeIf(row -> isOver(row, moment)));
        rows.values().removeIf(List::isEmpty);
    }

    private static void end(List<UnreadPod> of, Instant moment) {
        UnreadPod last = of.getLast();
        if (last.back() == null) {
            UnreadPod ended = last.backAt(moment);
            // Who waits for a shorter one to be over waits for this one too.
            of.removeIf(row -> length(row, moment).compareTo(length(ended, moment)) <= 0);
            of.add(ended);
        }
    }

    private static void fail(List<UnreadPod> of, Target target, String why, Instant moment) {
        UnreadPod going = of.isEmpty() || of.getLast().back() != null ? null : of.removeLast();
        of.add(new UnreadPod(target.labels(), why, going == null ? moment : going.since(), null));
    }

    private static boolean isOver(UnreadPod row, Instant moment) {
        Instant back = row.back();
        return back != null && back.plus(TOLD).isBefore(moment);
    }

    private static Duration length(UnreadPod row, Instant moment) {
        Instant back = row.back();
        return Duration.between(row.since(), back == null ? moment : back);
    }

    synchronized List<UnreadPod> all() {
        return rows.values().stream().flatMap(List::stream).toList();
    }
}
