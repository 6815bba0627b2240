package dev.portcullis.analysis.metric;

import java.util.List;
import java.util.Map;

/** What one reading gave. */
public sealed interface MeterReading {
    /**
     * The source answered. Pods it could not reach are simply missing; their next difference will be a larger one.
     *
     * @param objectives raw counters or histograms by objective name; every objective read has an entry, possibly empty
     * @param notes what was left out and why, one line each; for people
     */
    record Counters(Map<String, ? extends ObjectiveReading> objectives, List<String> notes) implements MeterReading {
        public Counters {
            objectives = Map.copyOf(objectives);
            notes = List.copyOf(notes);
        }

        /** A reading that left nothing out. */
        public Counters(Map<String, ? extends ObjectiveReading> objectives) {
            this(objectives, List.of());
        }
    }

    /**
     * The source did not answer, or the canary could not be read: nothing may be concluded.
     *
     * @param detail why, in one line, without secrets
     */
    record Unreachable(String detail) implements MeterReading {}
}
