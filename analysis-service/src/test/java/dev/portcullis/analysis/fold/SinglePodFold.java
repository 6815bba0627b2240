package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Readings of a canary, 5 s apart, folded one after the other, and what was counted of them in all. */
final class SinglePodFold {
    private static final String OBJECTIVE = "slo";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, BEGIN);
    static final double BEGAN = BEGIN.getEpochSecond();

    private CounterState state = CounterState.NONE;
    Instant now = Instant.ofEpochSecond((long) BEGAN);
    CounterFold result;
    Counts sum = Counts.NONE;
    int held;

    /** A reading of one pod that counts its requests and the failed ones, and tells its start; 0 tells none. */
    void read(double failed, double total, double start) {
        read(Map.of("p", pod(failed, total).startedAt(start)));
    }

    void read(Map<String, PodCounters> pods) {
        read(pods, Map.of());
    }

    void read(Map<String, PodCounters> pods, Map<String, PodCounters> ofBaseline) {
        var seen = new ObjectiveCounters(RatioNumerator.BAD, pods, ofBaseline);
        result = CounterFold.fold(state, new CounterReading.Counters(Map.of(OBJECTIVE, seen)), RULES, now);
        now = now.plusSeconds(5);
        state = result.state();
        held += result.faults().isEmpty() ? 0 : 1;
        sum = result.faults().isEmpty()
                ? sum.plus(result.increments().get(OBJECTIVE).at(0).canary())
                : sum;
    }

    static PodCounters pod(double failed, double total) {
        return PodCounters.ofRatio(Map.of("err", failed), Map.of("req", total));
    }

    List<String> faults() {
        return result.faults();
    }

    List<String> notes() {
        return result.notes();
    }
}
