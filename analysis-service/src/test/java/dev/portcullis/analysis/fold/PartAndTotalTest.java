package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Good or bad requests that are no part of the total. */
class PartAndTotalTest {
    private static final FoldRules RULES = new FoldRules(Map.of(), false, Duration.ZERO, Instant.MAX);

    private CounterState state = CounterState.NONE;
    private List<String> faults = List.of();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource
    void aPartThatIsMoreThanItsTotalIsNeverCounted(RatioNumerator numerator) {
        fold(numerator, of(0), of(0));
        for (int reading = 1; reading <= 20; reading++) {
            assertEquals(Counts.NONE, fold(numerator, of(110.0 * reading), of(100.0 * reading)));
            assertEquals(1, faults.size());
        }
        String word = numerator == RatioNumerator.GOOD ? "good" : "bad";
        assertEquals(
                List.of("objective 'slo': pod a of the canary: it counted 2,200 " + word
                        + " requests and 2,000 in total since" + " it was counted last; let " + word
                        + " select a subset of what total selects"),
                faults);
    }

    @ParameterizedTest
    @EnumSource
    void withLittleTrafficItIsTakenForATornReadingOnce(RatioNumerator numerator) {
        fold(numerator, of(0), of(0));
        double counts = 0;
        for (int reading = 1; reading <= 20; reading++) {
            counts += fold(numerator, of(2.0 * reading), of(reading)).total();
        }
        assertEquals(1, counts);
        assertEquals(1, faults.size());
    }

    @ParameterizedTest
    @CsvSource({
        "GOOD, 1.015, 500",
        "GOOD, 1.02, 500",
        "GOOD, 1.001, 500",
        "GOOD, 1.015, 100000",
        "BAD, 1.02, 500",
        "BAD, 1.005, 2000"
    })
    void aPartThatIsALittleMoreThanItsTotalForEverIsNotCountedForLong(
            RatioNumerator numerator, double share, double rate) {
        fold(numerator, of(0), of(0));
        double counts = 0;
        for (int reading = 1; reading <= 400; reading++) {
            counts += fold(numerator, of(share * rate * reading), of(rate * reading))
                    .total();
        }
        assertEquals(1, faults.size());
        assertTrue(counts * (share - 1) <= 0.02 * rate + 5, "counted " + counts);
    }

    @Test
    void anExcessThatStaysAsItIsHoldsNothingUp() {
        fold(RatioNumerator.GOOD, of(0), of(9));
        double counts = 0;
        for (int reading = 1; reading <= 50; reading++) {
            counts += fold(RatioNumerator.GOOD, of(500.0 * reading), of(500.0 * reading))
                    .total();
            assertEquals(List.of(), faults);
        }
        assertEquals(50 * 500 - 9, counts);
    }

    @Test
    void atATotalOutageATornReadingHoldsNothingUp() {
        fold(RatioNumerator.BAD, of(0), of(0));
        double bad = 0;
        for (int reading = 1; reading <= 50; reading++) {
            bad += fold(RatioNumerator.BAD, of(1000.0 * reading), of(1000.0 * reading - 7 * (reading % 3)))
                    .bad();
            assertEquals(List.of(), faults);
        }
        assertEquals(50_000 - 14, bad);
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatVanishesWhileItsTotalGoesOnIsAFaultAndCaughtUpWith(RatioNumerator numerator) {
        fold(numerator, of(90), of(100));
        assertEquals(Counts.NONE, fold(numerator, Map.of(), of(100)), "nothing was served");
        assertEquals(List.of(), faults);
        assertEquals(Counts.NONE, fold(numerator, Map.of(), of(150)));
        assertEquals(
                List.of("objective 'slo': pod a of the canary: its counter n{code=\"x\"}, last 90, is gone, while"
                        + " n{code=\"x\"} went on from 100 to 150; it is counted again when that counter is back, or its"
                        + " process was restarted"),
                faults);
        double bad = numerator == RatioNumerator.GOOD ? 10 : 50;
        assertEquals(new Counts(bad, 60), fold(numerator, of(140), of(160)));
    }

    @Test
    void aCounterThatIsAddedUpElsewhereIsThereOnlyAfterAnEvent() {
        String since = "{__name__=\"n\",otlp_deltas_since=\"1\"}";
        fold(RatioNumerator.BAD, Map.of(since, 4.0), of(100));
        assertEquals(new Counts(0, 50), fold(RatioNumerator.BAD, Map.of(), of(150)));
        assertTrue(faults.isEmpty(), faults::toString);
    }

    @Test
    void aRestartedPodMayLackItsErrorCounter() {
        fold(RatioNumerator.BAD, of(4), of(100));
        assertEquals(new Counts(0, 30), fold(RatioNumerator.BAD, Map.of(), of(30)));
    }

    private static Map<String, Double> of(double value) {
        return Map.of("{__name__=\"n\",code=\"x\"}", value);
    }

    private Counts fold(RatioNumerator numerator, Map<String, Double> part, Map<String, Double> total) {
        var seen = new ObjectiveCounters(numerator, Map.of("a", PodCounters.ofRatio(part, total)), Map.of());
        CounterFold fold = CounterFold.fold(state, new CounterReading.Counters(Map.of("slo", seen)), RULES, now);
        now = now.plusSeconds(15);
        state = fold.state();
        faults = fold.faults();
        return faults.isEmpty() ? fold.increments().get("slo").at(0).canary() : Counts.NONE;
    }
}
