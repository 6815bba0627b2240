package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfidenceSequenceTest {
    private static final double ALPHA = 0.01;
    private static final double BETA = 0.05;
    private static final DoubleFunction<Increment> WORSE = p -> new SloCount(p, 1, TestDirection.WORSE);
    private static final DoubleFunction<Increment> BETTER = p -> new SloCount(p, 1, TestDirection.BETTER);
    private static final DoubleFunction<Increment> WORSE_THAN_BASELINE =
            rho -> new BaselineCount(rho, 0, 1, TestDirection.WORSE);
    private static final DoubleFunction<Increment> BETTER_THAN_BASELINE =
            rho -> new BaselineCount(rho, 0, 1, TestDirection.BETTER);

    private static final List<ArmCounts> MIXED = IntStream.range(0, 60)
            .mapToObj(i -> window(i % 4, 700 + i % 7, i % 3 + 1, 6000 + 100 * (i % 5)))
            .toList();

    @Test
    void noRequestsExcludeNothing() {
        ConfidenceInterval none = new ConfidenceInterval(OptionalDouble.empty(), OptionalDouble.empty());
        assertEquals(none, ConfidenceSequence.ratio(List.of(), WORSE, ALPHA, BETTER, BETA));
        assertEquals(
                none, ConfidenceSequence.relative(List.of(), WORSE_THAN_BASELINE, ALPHA, BETTER_THAN_BASELINE, BETA));
        assertEquals(none, ConfidenceSequence.ratio(List.of(ArmCounts.NONE), SloVote::new, ALPHA, BETTER, BETA));
    }

    @Test
    void withoutErrorsOnlyTheUpperBoundExists() {
        ConfidenceInterval bounds =
                ConfidenceSequence.ratio(List.of(window(0, 3000, 0, 0)), WORSE, ALPHA, BETTER, BETA);
        assertTrue(bounds.lower().isEmpty());
        assertTrue(bounds.upper().getAsDouble() < 0.005);
    }

    @Test
    void atEachBoundTheEvidenceIsExactlyAtItsThreshold() {
        ConfidenceInterval ratio = ConfidenceSequence.ratio(MIXED, SloVote::new, ALPHA, BETTER, BETA);
        assertEquals(-Math.log(ALPHA), evidence(new SloVote(ratio.lower().getAsDouble())), 1e-9);
        assertEquals(-Math.log(BETA), evidence(BETTER.apply(ratio.upper().getAsDouble())), 1e-9);

        ConfidenceInterval relative =
                ConfidenceSequence.relative(MIXED, WORSE_THAN_BASELINE, ALPHA, BaselineReversedVote::new, BETA);
        assertEquals(
                -Math.log(ALPHA),
                evidence(WORSE_THAN_BASELINE.apply(relative.lower().getAsDouble())),
                1e-9);
        assertEquals(
                -Math.log(BETA),
                evidence(new BaselineReversedVote(relative.upper().getAsDouble())),
                1e-9);
    }

    @Test
    void aBaselineWithoutErrorsGivesNoUpperBoundOnTheQuotient() {
        ConfidenceInterval bounds = ConfidenceSequence.relative(
                List.of(window(50, 1000, 0, 9000)), WORSE_THAN_BASELINE, ALPHA, BETTER_THAN_BASELINE, BETA);
        assertTrue(bounds.lower().getAsDouble() > 10);
        assertTrue(bounds.upper().isEmpty());
    }

    @Test
    void hugeCountsEncloseTheTruthTightly() {
        ArmCounts window = window(1e12, 1e15, 1e12, 1e15);
        ConfidenceInterval ratio = ConfidenceSequence.ratio(List.of(window), WORSE, ALPHA, BETTER, BETA);
        assertEquals(0.001, ratio.lower().getAsDouble(), 0.0001);
        assertEquals(0.001, ratio.upper().getAsDouble(), 0.0001);
        ConfidenceInterval relative =
                ConfidenceSequence.relative(List.of(window), WORSE_THAN_BASELINE, ALPHA, BETTER_THAN_BASELINE, BETA);
        assertEquals(1, relative.lower().getAsDouble(), 0.05);
        assertEquals(1, relative.upper().getAsDouble(), 0.05);
    }

    @Test
    void aQuotientBeyondTheSearchedRangeIsCutToIt() {
        ConfidenceInterval bounds = ConfidenceSequence.relative(
                List.of(window(1e15, 1e15, 0, 1e15)), WORSE_THAN_BASELINE, ALPHA, BETTER_THAN_BASELINE, BETA);
        assertEquals(OptionalDouble.of(1e9), bounds.lower());
    }

    @Test
    void summingWhereTheFormAllowsItChangesNothing() {
        for (Increment increment : List.of(WORSE.apply(0.002), BETTER_THAN_BASELINE.apply(1.5))) {
            List<ArmCounts> condensed = increment.condensed(MIXED);
            assertTrue(condensed.size() < MIXED.size());
            assertEquals(evidence(increment), evidence(increment, condensed), 1e-9);
        }
        assertEquals(MIXED, new SloVote(0.1).condensed(MIXED), "votes must not be pooled");
    }

    private static double evidence(Increment increment) {
        return evidence(increment, MIXED);
    }

    private static double evidence(Increment increment, List<ArmCounts> windows) {
        SequentialTest test = new SequentialTest(increment, 0);
        windows.forEach(test::fold);
        return test.logEvidence();
    }

    private static ArmCounts window(double canaryBad, double canary, double baselineBad, double baseline) {
        return new ArmCounts(new Counts(canaryBad, canary), new Counts(baselineBad, baseline));
    }
}
