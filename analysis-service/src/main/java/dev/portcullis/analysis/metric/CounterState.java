package dev.portcullis.analysis.metric;

import java.util.Map;

/**
 * The counters as last seen, from which the next difference is taken. Kept with the analysis, so that it goes on after a restart.
 *
 * @param objectives last counters by objective name; pods that vanished stay, in case they come back
 */
public record CounterState(Map<String, ObjectiveCounters> objectives) {
    /** Nothing seen yet: the first reading is the starting point. */
    public static final CounterState NONE = new CounterState(Map.of());

    public CounterState {
        objectives = Map.copyOf(objectives);
    }
}
