package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The counters as last seen, from which the next difference is taken. Kept with the analysis, so that it goes on after a restart.
 *
 * @param objectives last counters by objective name; pods that vanished stay, in case they come back
 * @param buckets by name of a latency objective, once they are chosen
 * @param warmingSince pods that are warming up, and when each was first seen
 * @param resolutions how finely the counters of each objective are told, as far as was seen
 * @param lost what was seen and cannot be counted any more, one line each, a few at most; with any, no objective has passed
 */
public record CounterState(
        Map<String, ObjectiveCounters> objectives,
        Map<String, Buckets> buckets,
        Map<String, Instant> warmingSince,
        Map<String, ArmResolutions> resolutions,
        List<String> lost) {
    /** Nothing seen yet: the first reading is the starting point. */
    public static final CounterState NONE = new CounterState(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    /** Keeps its own copy. */
    public CounterState {
        objectives = Map.copyOf(objectives);
        buckets = Map.copyOf(buckets);
        warmingSince = Map.copyOf(warmingSince);
        resolutions = Map.copyOf(resolutions);
        lost = List.copyOf(lost);
    }
}
