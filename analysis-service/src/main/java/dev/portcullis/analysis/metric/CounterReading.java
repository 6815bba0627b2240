package dev.portcullis.analysis.metric;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one reading gave. */
public sealed interface CounterReading {
    /**
     * When its counters stood so, by the times of their samples where the sources tell them.
     *
     * @param asked the moment they were asked for
     */
    default Instant counted(Instant asked) {
        return asked;
    }

    /**
     * The source answered. Pods it could not reach are simply missing; their next difference will be a larger one.
     *
     * @param objectives raw counters or histograms by objective name; every objective read has an entry, possibly empty
     * @param faults what cannot be counted and why, one line each; with any, nothing of the reading is counted
     * @param notes what else is to be said of it, one line each; for people
     * @param unread pods of any arm that could not be read, now or not long ago
     * @param moment up to when requests are counted in it, by the times of its samples; null when the sources do not tell, and it is the moment it was read at
     */
    record Counters(
            Map<String, ? extends ObjectiveReading> objectives,
            List<String> faults,
            List<String> notes,
            List<UnreadPod> unread,
            @Nullable Instant moment)
            implements CounterReading {
        public Counters {
            unread = List.copyOf(unread);
            objectives = Map.copyOf(objectives);
            faults = List.copyOf(faults);
            notes = List.copyOf(notes);
        }

        /** A reading of which everything can be counted. */
        public Counters(Map<String, ? extends ObjectiveReading> objectives) {
            this(objectives, List.of(), List.of());
        }

        /** A reading without pods that could not be read. */
        public Counters(Map<String, ? extends ObjectiveReading> objectives, List<String> faults, List<String> notes) {
            this(objectives, faults, notes, List.of());
        }

        /** A reading of the moment it was taken at. */
        public Counters(
                Map<String, ? extends ObjectiveReading> objectives,
                List<String> faults,
                List<String> notes,
                List<UnreadPod> unread) {
            this(objectives, faults, notes, unread, null);
        }

        @Override
        public Instant counted(Instant asked) {
            return moment != null && moment.isBefore(asked) ? moment : asked;
        }
    }

    /**
     * The source did not answer, or the canary could not be read: nothing may be concluded.
     *
     * @param detail why, in one line, without secrets
     */
    record Unreachable(String detail) implements CounterReading {}
}
