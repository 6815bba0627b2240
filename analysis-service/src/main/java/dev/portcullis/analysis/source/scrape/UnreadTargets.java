package dev.portcullis.analysis.source.scrape;

import dev.portcullis.analysis.metric.UnreadPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which targets could not be read, and since when: a pod that just starts is told from one that stays unreadable. Thread-safe. */
final class UnreadTargets {
    /** One that can be read again is told for so long. */
    private static final Duration TOLD = Duration.ofHours(1);

    private final Map<Target, UnreadPod> pods = new HashMap<>();

    /** Takes in a reading. */
    synchronized void see(Collection<Target> targets, Map<Target, String> failed, Instant moment) {
        pods.keySet().retainAll(targets);
        pods.replaceAll((target, pod) -> failed.containsKey(target) || pod.back() != null ? pod : pod.backAt(moment));
        pods.values()
                .removeIf(pod -> pod.back() != null && pod.back().plus(TOLD).isBefore(moment));
        failed.forEach((target, why) -> {
            var known = pods.get(target);
            // One that came back and failed again soon has not been read for long.
            var since = known == null ? moment : known.since();
            pods.put(target, new UnreadPod(target.labels(), why, since, null));
        });
    }

    synchronized List<UnreadPod> all() {
        return List.copyOf(pods.values());
    }
}
