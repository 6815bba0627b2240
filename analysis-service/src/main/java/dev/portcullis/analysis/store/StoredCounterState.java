package dev.portcullis.analysis.store;

import dev.portcullis.analysis.fold.ArmResolutions;
import dev.portcullis.analysis.fold.CounterState;
import dev.portcullis.analysis.fold.Resolution;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.metric.Growth;
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
        Map<String, StoredResolutions> resolutions,
        List<String> lost) {
    /** The counters of an objective, by pod. */
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

    /** The counters of a pod, by series. */
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
            double rate,
            double busiest,
            double ceiling,
            int calm,
            boolean distrusted,
            Optional<StoredWaiting> waiting,
            Optional<StoredDoubt> doubt) {
        private static StoredProcess of(ProcessHistory history) {
            return new StoredProcess(
                    history.readMillis(),
                    history.earlier(),
                    history.rate(),
                    history.busiest(),
                    history.ceiling(),
                    history.calm(),
                    history.distrusted(),
                    history.waiting().map(StoredWaiting::of),
                    history.doubt().map(doubt -> new StoredDoubt(doubt.left(), doubt.why())));
        }

        private ProcessHistory history() {
            return new ProcessHistory(
                    readMillis,
                    earlier,
                    rate,
                    busiest,
                    ceiling,
                    calm,
                    distrusted,
                    waiting.map(StoredWaiting::waiting),
                    doubt.map(told -> new ProcessHistory.Doubt(told.left(), told.why())));
        }
    }

    /** What a process grew by and is not counted yet. */
    record StoredWaiting(
            List<Double> parts, double total, boolean failed, double rate, boolean leap, int still, String why) {
        private static StoredWaiting of(ProcessHistory.Waiting waiting) {
            return new StoredWaiting(
                    waiting.growth().parts(),
                    waiting.growth().total(),
                    waiting.failed(),
                    waiting.rate(),
                    waiting.leap(),
                    waiting.still(),
                    waiting.why());
        }

        private ProcessHistory.Waiting waiting() {
            return new ProcessHistory.Waiting(new Growth(parts, total), failed, rate, leap, still, why);
        }
    }

    /** Why nothing of a process is counted. */
    record StoredDoubt(int left, String why) {}

    /** The bucket boundaries that were chosen. */
    record StoredBuckets(List<Double> boundaries, int fail, int pass, List<Integer> compared) {
        static StoredBuckets of(Buckets buckets) {
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

    /** The counters of one arm. */
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
                Elements.of(state.resolutions(), StoredResolutions::of),
                state.lost());
    }

    CounterState state() {
        return new CounterState(
                Elements.of(objectives, StoredCounters::counters),
                Elements.of(buckets, StoredBuckets::buckets),
                warmingSince,
                Elements.of(resolutions, StoredResolutions::arms),
                lost);
    }
}
