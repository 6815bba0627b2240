package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Readings of one arm, whichever it is, a second apart, folded one after the other, and what was counted of them in all. */
final class SingleArmFold {
    private static final String SLO = "slo";
    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);

    enum Side {
        CANARY,
        BASELINE
    }

    private CounterState state = CounterState.NONE;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    List<String> faults = List.of();
    List<String> withheld = List.of();
    Counts sum = Counts.NONE;
    int held;

    static Map<String, Double> series(String name, Object... labelsAndValues) {
        Map<String, Double> series = new HashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            series.put(name + "{" + labelsAndValues[i] + "}", ((Number) labelsAndValues[i + 1]).doubleValue());
        }
        return series;
    }

    /** Good is everything but the codes that begin with 5. */
    static PodCounters pod(Map<String, Double> all) {
        Map<String, Double> good = new HashMap<>(all);
        good.keySet().removeIf(series -> series.contains("{5"));
        return PodCounters.ofRatio(good, all);
    }

    void byCode(Side side, Map<String, Double> all) {
        byCode(side, all, RULES);
    }

    void byCode(Side side, Map<String, Double> all, FoldRules rules) {
        read(side, RatioNumerator.GOOD, pod(all), rules);
    }

    void read(Side side, RatioNumerator numerator, Map<String, Double> part, Map<String, Double> total) {
        read(side, numerator, PodCounters.ofRatio(part, total));
    }

    private void read(Side side, RatioNumerator numerator, PodCounters pod) {
        read(side, numerator, pod, RULES);
    }

    void readAll(Map<String, PodCounters> pods) {
        read(Side.CANARY, RatioNumerator.GOOD, pods, RULES);
    }

    private void read(Side side, RatioNumerator numerator, PodCounters pod, FoldRules rules) {
        read(side, numerator, Map.of("p", pod), rules);
    }

    /** A second after the last reading. */
    private void read(Side side, RatioNumerator numerator, Map<String, PodCounters> pods, FoldRules rules) {
        var seen = side == Side.CANARY
                ? new ObjectiveCounters(numerator, pods, Map.of())
                : new ObjectiveCounters(numerator, Map.of(), pods);
        CounterFold fold = CounterFold.fold(state, new CounterReading.Counters(Map.of(SLO, seen)), rules, now);
        now = now.plusSeconds(1);
        state = fold.state();
        faults = fold.faults();
        withheld = fold.withheld();
        held += faults.isEmpty() ? 0 : 1;
        var counts = fold.increments().get(SLO).at(0);
        sum = faults.isEmpty() ? sum.plus(side == Side.CANARY ? counts.canary() : counts.baseline()) : sum;
    }
}
