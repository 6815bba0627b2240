package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveReading;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A reading beside what was read before.
 *
 * @param known the counters as last read, those of pods that are gone among them
 * @param reading what was read now
 * @param counted everything counted since the analysis began, by objective name
 * @param rules what is to be known of the analysis
 * @param now when the counters stood so
 */
public record ReadingChange(
        CounterState known,
        CounterReading.Counters reading,
        Map<String, Observation> counted,
        Rules rules,
        Instant now) {
    /** Series without a label that names a pod may be of any. */
    private static final String NO_POD = "{}";

    /** What becomes of a reading that is not believed. */
    public enum Consequence {
        /** Nothing is counted, since the canary was read before and is there no more. */
        CANARY_GONE,
        /** Nothing is counted; the next reading is compared with what this one was compared with. */
        UNCOUNTED,
        /** Nothing is counted; the next reading is compared with this one. */
        STARTING_POINT,
        /** It is counted, but no PASS is given. */
        NO_PASS
    }

    /**
     * What is to be known of the analysis.
     *
     * @param arms what tells its series apart
     * @param canary who is judged, as people call it
     * @param baseline who it is compared with
     * @param baselineNamed the same with what tells its series
     * @param poll time between two readings
     * @param window length of a window
     * @param goodApart by name of an objective, what selects its good requests where they are counted by a metric of their own
     */
    public record Rules(
            Arms arms,
            String canary,
            String baseline,
            String baselineNamed,
            Duration poll,
            Duration window,
            Map<String, Selector> goodApart) {
        /** Keeps its own copy. */
        public Rules {
            goodApart = Map.copyOf(goodApart);
        }
    }

    /** An objective's counters as last read, and what was read of it now. */
    record ObjectiveChange(String objective, ObjectiveCounters before, ObjectiveReading now) {
        /** The pods of an arm as last read. */
        Map<String, PodCounters> before(boolean canary) {
            return before.ofArm(canary);
        }

        /** The names of the pods of one arm alone: not of both, as a proxy in front of both is. */
        Set<String> ofOneArm(boolean canary) {
            Set<String> pods = new TreeSet<>(canary ? now.canaryPods() : now.baselinePods());
            pods.removeAll(canary ? now.baselinePods() : now.canaryPods());
            pods.remove(NO_POD);
            return pods;
        }
    }

    /** The objectives that were read before and now, in the order of their names. */
    List<ObjectiveChange> both() {
        List<ObjectiveChange> both = new ArrayList<>();
        new TreeMap<>(known.objectives()).forEach((objective, before) -> {
            ObjectiveReading seen = reading.objectives().get(objective);
            if (seen != null) {
                both.add(new ObjectiveChange(objective, before, seen));
            }
        });
        return both;
    }

    /** What is known of earlier readings, without that of pods that have moved from one arm to the other: what they served as the other arm is none of this one's. */
    public CounterState settled() {
        return MovedPods.settled(this);
    }
}
