package dev.portcullis.analysis.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.ClassicHistogram;
import dev.portcullis.analysis.metric.CounterReading;
import dev.portcullis.analysis.metric.ObjectiveCounters;
import dev.portcullis.analysis.metric.ObjectiveHistograms;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.PodHistograms;
import dev.portcullis.analysis.metric.RatioNumerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Readings of counters that are printed with few digits, and of others that only look so. */
class CoarseCountersTest {
    private static final String SLO = "availability";
    private static final FoldRules RULES = new FoldRules(Map.of(), true, Duration.ZERO, Instant.MAX);
    private static final DoubleUnaryOperator IN_FULL = value -> value;
    private static final DoubleUnaryOperator SIX_DIGITS =
            value -> Double.parseDouble(String.format(Locale.ROOT, "%.5e", value));
    private static final DoubleUnaryOperator FLOAT = value -> (double) (float) value;

    private CounterState state = CounterState.NONE;
    private Counts counted = Counts.NONE;
    private Instant now = Instant.EPOCH;

    /** Good and failed requests as one metric by code, the usual case: total is the sum of both. */
    private List<String> byCode(double good, double failed, DoubleUnaryOperator printed) {
        double ok = printed.applyAsDouble(good);
        double bad = printed.applyAsDouble(failed);
        return read(RatioNumerator.GOOD, PodCounters.ofRatio(Map.of("200", ok), Map.of("200", ok, "500", bad)));
    }

    /** As two metrics, each with its own rounding. */
    private List<String> apart(RatioNumerator part, double first, double total, DoubleUnaryOperator printed) {
        return read(
                part,
                PodCounters.ofRatio(
                        Map.of("part", printed.applyAsDouble(first)), Map.of("total", printed.applyAsDouble(total))));
    }

    private List<String> read(RatioNumerator part, PodCounters pod) {
        return read(part, Map.of("a", pod));
    }

    private List<String> read(RatioNumerator part, Map<String, PodCounters> pods) {
        var reading = new CounterReading.Counters(Map.of(SLO, new ObjectiveCounters(part, pods, Map.of())));
        var fold = CounterFold.fold(state, reading, RULES, dayLater());
        if (fold.faults().isEmpty()) {
            state = fold.state();
            counted = counted.plus(fold.increments().get(SLO).at(0).canary());
        }
        return fold.faults();
    }

    @Test
    void errorsBesideAGoodCounterThatStandsStillAreNotCountedAlone() {
        byCode(2_000_012_345.0, 3018, SIX_DIGITS);
        assertEquals(
                List.of(
                        "objective 'availability': counter 200 of the canary's pod a reads 2,000,010,000 and seems to move"
                                + " in steps of 10,000, too coarse to tell which of 18 requests since the last reading failed;"
                                + " print counters in full (%.0f or %.17g, not %g or a stream's six digits)"),
                byCode(2_000_014_999.0, 3036, SIX_DIGITS));
        assertEquals(Counts.NONE, counted);
    }

    @Test
    void aStepOfTheGoodCounterAloneIsNotCountedEither() {
        byCode(2_000_014_999.0, 3018, SIX_DIGITS);
        assertEquals(1, byCode(2_000_015_001.0, 3018, SIX_DIGITS).size(), "two requests, not 10,000");
    }

    @Test
    void whatIsLargeAgainstTheStepsIsCountedToOnePercent() {
        byCode(2_000_012_345.0, 3018, SIX_DIGITS);
        for (int i = 1; i < 100; i++) {
            assertEquals(
                    1, byCode(2_000_012_345.0 + 9_000 * i, 3018 + i, SIX_DIGITS).size());
        }
        assertEquals(List.of(), byCode(2_000_012_345.0 + 1_100_000, 3118, SIX_DIGITS));
        assertEquals(100, counted.bad(), "none was lost");
        assertEquals(1_100_100, counted.total(), 11_001);
    }

    @Test
    void aCounterOf32BitFloatsThatHasComeToItsEndIsNamed() {
        byCode(16_777_216, 3018, FLOAT);
        var faults = byCode(16_777_217, 3036, FLOAT);
        assertTrue(
                faults.getFirst().contains("steps of 2,")
                        && faults.getFirst().endsWith("count in 64-bit integers, not in 32-bit floats"),
                faults::toString);
    }

    @Test
    void theDifferenceOfTwoRoundedCountersIsNoNumberOfErrors() {
        apart(RatioNumerator.GOOD, 2_000_004_000.0, 2_000_004_900.0, SIX_DIGITS);
        var faults = apart(RatioNumerator.GOOD, 2_002_004_000.0, 2_002_005_100.0, SIX_DIGITS);
        assertTrue(faults.getFirst().contains("steps of 10,000"), faults::toString);
        assertEquals(Counts.NONE, counted);
    }

    @Test
    void anErrorCounterThatIsCoarseItselfTellsNothingOfFewErrors() {
        apart(
                RatioNumerator.BAD,
                1_234_564,
                2_000_012_345.0,
                value -> value < 1e9 ? SIX_DIGITS.applyAsDouble(value) : 2e9);
        var faults = apart(RatioNumerator.BAD, 1_234_566, 4_000_000_000.0, SIX_DIGITS);
        assertTrue(faults.getFirst().contains("counter part of the canary's pod a"), faults::toString);
    }

    @Test
    void nothingIsWrongWhileNothingMoves() {
        byCode(2_000_010_000.0, 3018, SIX_DIGITS);
        assertEquals(List.of(), byCode(2_000_010_000.0, 3018, SIX_DIGITS));
    }

    @Test
    void aPodThatShowsMoreDigitsSpeaksForTheOthersOfItsVersion() {
        var round = PodCounters.ofRatio(Map.of("200", 2e9), Map.of("200", 2e9, "500", 5.0));
        var exact = PodCounters.ofRatio(Map.of("200", 2_345_678_901.0), Map.of("200", 2_345_678_901.0));
        read(RatioNumerator.GOOD, Map.of("a", round, "b", exact));
        var moved = PodCounters.ofRatio(Map.of("200", 2e9), Map.of("200", 2e9, "500", 6.0));
        assertEquals(List.of(), read(RatioNumerator.GOOD, Map.of("a", moved, "b", exact)));
        assertEquals(new Counts(1, 1), counted);
    }

    @Test
    void whatWasSeenIsRememberedWhenTheCounterHappensToBeRound() {
        byCode(2_345_678_901.0, 0, IN_FULL);
        byCode(2_345_680_000.0, 0, IN_FULL);
        assertEquals(List.of(), byCode(2_345_680_000.0, 1, IN_FULL));
        assertEquals(List.of(), byCode(2_345_690_000.0, 2, IN_FULL));
        assertEquals(new Counts(2, 11_101), counted);
    }

    @Test
    void bucketsOfAHistogramThatAreRoundedApartAreNotSubtracted() {
        latencies(2_000_004_000.0, 2_000_006_000.0);
        var faults = latencies(2_000_904_000.0, 2_000_906_000.0);
        assertTrue(faults.getFirst().contains("steps of 10,000"), faults::toString);
    }

    /** So long that any growth is plausible. */
    private Instant dayLater() {
        now = now.plus(Duration.ofDays(1));
        return now;
    }

    private List<String> latencies(double fast, double all) {
        var histogram = new ClassicHistogram(new TreeMap<>(
                Map.of(0.1, SIX_DIGITS.applyAsDouble(fast), Double.POSITIVE_INFINITY, SIX_DIGITS.applyAsDouble(all))));
        var pods = Map.of("a", new PodHistograms(Map.of("{}", histogram)));
        var rules = new FoldRules(Map.of(SLO, 0.1), false, Duration.ZERO, Instant.MAX);
        var fold = CounterFold.fold(
                state,
                new CounterReading.Counters(Map.of(SLO, new ObjectiveHistograms(pods, Map.of()))),
                rules,
                dayLater());
        state = fold.state();
        return fold.faults();
    }

    /** Every size of counter from a thousand to 10^15 and every rate; counted in full, all of it is counted, with hardly a reading put off. */
    @Test
    void countersThatAreToldInFullAreCountedToTheLast() {
        var random = new SplittableRandom(42);
        int putOff = 0;
        int readings = 0;
        for (int run = 0; run < 3_000; run++) {
            state = CounterState.NONE;
            counted = Counts.NONE;
            double good = Math.floor(Math.pow(10, 3 + 12 * random.nextDouble()));
            double rate = Math.pow(10, 5 * random.nextDouble());
            double failed = random.nextInt(1000);
            double begun = good + failed;
            double failedThen = failed;
            byCode(good, failed, IN_FULL);
            boolean last = true;
            for (int i = 0; i < 40 || !last; i++) {
                good += Math.floor(2 * rate * random.nextDouble());
                failed += random.nextInt(2);
                last = byCode(good, failed, IN_FULL).isEmpty();
                putOff += last ? 0 : 1;
                readings++;
            }
            assertEquals(new Counts(failed - failedThen, good + failed - begun), counted);
        }
        assertTrue(putOff < readings / 300, putOff + " of " + readings + " readings were put off");
    }
}
