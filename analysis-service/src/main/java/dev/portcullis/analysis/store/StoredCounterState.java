package dev.portcullis.analysis.store;

import dev.portcullis.analysis.fold.ArmResolutions;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.Resolution;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.ProcessHistory;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form of the counters as last read, in analysis.counter_state. */
record StoredCounterState(
        Map<String, StoredCounters> objectives,
        Map<String, StoredBuckets> buckets,
        Map<String, Instant> warmingSince,
        Map<String, StoredResolutions> resolutions) {
    /** Those of an objective, by pod. */
    record StoredCounters(RatioNumerator counted, Map<String, StoredPod> canary, Map<String, StoredPod> baseline) {
        private static StoredCounters of(ObjectiveCounters counters) {
            return new StoredCounters(
                    counters.numerator(),
                    Elements.of(counters.canary(), StoredPod::of),
                    Elements.of(counters.baseline(), StoredPod::of));
        }

        private ObjectiveCounters counters() {
            return new ObjectiveCounters(
                    counted, Elements.of(canary, StoredPod::counters), Elements.of(baseline, StoredPod::counters));
        }
    }

    /** Those of a pod, by series. */
    record StoredPod(
            List<Map<String, Double>> parts,
            Map<String, Double> total,
            List<Double> carries,
            double processStart,
            Optional<StoredProcess> history) {
        private static StoredPod of(PodCounters pod) {
            return new StoredPod(
                    pod.parts(),
                    pod.total(),
                    pod.carries(),
                    pod.processStart(),
                    Optional.ofNullable(pod.history()).map(StoredProcess::of));
        }

        private PodCounters counters() {
            return new PodCounters(
                    parts,
                    total,
                    carries,
                    processStart,
                    history.map(StoredProcess::history).orElse(null));
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
        private static StoredProcess of(ProcessHistory history) {
            return new StoredProcess(
                    history.readMillis(),
                    history.earlier(),
                    history.ceiling(),
                    history.calm(),
                    history.doubtful(),
                    history.why(),
                    history.rate(),
                    history.busiest());
        }

        private ProcessHistory history() {
            return new ProcessHistory(readMillis, earlier, ceiling, calm, doubtful, why, rate, busiest);
        }
    }

    /** The bucket boundaries that were chosen. */
    record StoredBuckets(List<Double> boundaries, int fail, int pass, List<Integer> compared) {
        private static StoredBuckets of(Buckets buckets) {
            return new StoredBuckets(buckets.boundaries(), buckets.fail(), buckets.pass(), buckets.compared());
        }

        Buckets buckets() {
            return new Buckets(boundaries, fail, pass, compared);
        }
    }

    /** How finely the counters of both arms are told. */
    record StoredResolutions(StoredResolution canary, StoredResolution baseline) {
        private static StoredResolutions of(ArmResolutions arms) {
            return new StoredResolutions(StoredResolution.of(arms.canary()), StoredResolution.of(arms.baseline()));
        }

        ArmResolutions arms() {
            return new ArmResolutions(canary.resolution(), baseline.resolution());
        }
    }

    /** Those of one arm. */
    record StoredResolution(int digits, int bits) {
        private static StoredResolution of(Resolution resolution) {
            return new StoredResolution(resolution.digits(), resolution.bits());
        }

        private Resolution resolution() {
            return new Resolution(digits, bits);
        }
    }

    static StoredCounterState of(CounterState state) {
        return new StoredCounterState(
                Elements.of(state.objectives(), StoredCounters::of),
                Elements.of(state.buckets(), StoredBuckets::of),
                state.warmingSince(),
                Elements.of(state.resolutions(), StoredResolutions::of));
    }

    CounterState state() {
        return new CounterState(
                Elements.of(objectives, StoredCounters::counters),
                Elements.of(buckets, StoredBuckets::buckets),
                warmingSince,
                Elements.of(resolutions, StoredResolutions::arms));
    }
}
