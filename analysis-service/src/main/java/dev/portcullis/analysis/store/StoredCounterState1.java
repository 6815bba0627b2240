package dev.portcullis.analysis.store;

import dev.portcullis.analysis.fold.CounterState;
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

/** What {@link StoredCounterState} was in version 1, which knew nothing of how much a process serves in a second. */
record StoredCounterState1(
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
    record StoredProcess(long readMillis, List<Double> earlier, double ceiling, int calm, int doubtful, String why) {
        private ProcessHistory history(int cuts) {
            return new StoredCounterState2.StoredProcess(readMillis, earlier, ceiling, calm, doubtful, why, 0, 0)
                    .history(cuts);
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
