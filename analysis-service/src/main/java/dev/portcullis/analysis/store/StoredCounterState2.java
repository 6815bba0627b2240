package dev.portcullis.analysis.store;

import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.metric.Growth;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.RatioNumerator;
import dev.portcullis.analysis.store.StoredCounterState.StoredBuckets;
import dev.portcullis.analysis.store.StoredCounterState.StoredResolutions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link StoredCounterState} was in version 2, which told with the same numbers what waits and what is doubted, and nothing of what was lost. */
record StoredCounterState2(
        Map<String, StoredCounters> objectives,
        Map<String, StoredBuckets> buckets,
        Map<String, Instant> warmingSince,
        Map<String, StoredResolutions> resolutions) {
    /** The counters of an objective, by pod. */
    record StoredCounters(RatioNumerator counted, Map<String, StoredPod> canary, Map<String, StoredPod> baseline) {
        private ObjectiveCounters counters() {
            return new ObjectiveCounters(
                    counted, Elements.of(canary, StoredPod::counters), Elements.of(baseline, StoredPod::counters));
        }
    }

    /** The counters of a pod, by series. */
    record StoredPod(
            List<Map<String, Double>> parts,
            Map<String, Double> total,
            List<Double> carries,
            double processStart,
            Optional<StoredProcess> history) {
        private PodCounters counters() {
            return new PodCounters(
                    parts,
                    total,
                    carries,
                    processStart,
                    history.map(process -> process.history(parts.size())).orElse(null));
        }
    }

    /** What earlier readings told of a process. */
    record StoredProcess(
            long readMillis,
            List<Double> earlier,
            double ceiling,
            int calm,
            int doubtful,
            String why,
            double rate,
            double busiest) {
        /** Instead of {@code calm}, after a fall that was doubted. */
        private static final int NEVER = -1;

        private static final String AND_COUNTED = ", and is counted when the next reading goes on from there";

        /** What waited was not in the counters, so that the next difference has it: what is kept of it is that it waited, should there be no next difference. */
        ProcessHistory history(int cuts) {
            boolean distrusted = calm == NEVER;
            boolean waits = doubtful > 0 && !distrusted;
            return new ProcessHistory(
                    readMillis,
                    earlier,
                    rate,
                    busiest,
                    waits ? 0 : ceiling,
                    Math.max(0, calm),
                    distrusted,
                    waits
                            ? Optional.of(new ProcessHistory.Waiting(
                                    Growth.none(cuts), true, 0, false, 0, why.replace(AND_COUNTED, "")))
                            : Optional.empty(),
                    doubtful > 0 && distrusted
                            ? Optional.of(new ProcessHistory.Doubt(doubtful, why))
                            : Optional.empty());
        }
    }

    CounterState state() {
        return new CounterState(
                Elements.of(objectives, StoredCounters::counters),
                Elements.of(buckets, StoredBuckets::buckets),
                warmingSince,
                Elements.of(resolutions, StoredResolutions::arms),
                List.of());
    }
}
