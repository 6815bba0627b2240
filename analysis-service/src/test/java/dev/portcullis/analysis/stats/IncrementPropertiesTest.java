package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IncrementPropertiesTest {
    private static final double TINY = Double.MIN_VALUE;

    private static final List<Increment> TESTS = List.of(
            new SloVote(0.001),
            new SloVote(TINY),
            new SloCount(0.9, 1, TestDirection.WORSE),
            new SloCount(TINY, 1e6, TestDirection.BETTER),
            new RaisedSloVote(TINY, TINY, 1),
            new RaisedSloVote(0.002, Double.MAX_VALUE, 1e6),
            new RaisedSloVote(0.002, 2, 5),
            new BaselineSloVote(TINY),
            new BaselineVote(1.25, 0.00025),
            new BaselineVote(TINY, 1),
            new BaselineReversedVote(TINY),
            new BaselineReversedVote(2),
            new BaselineCount(Double.MAX_VALUE, 1, 1, TestDirection.WORSE),
            new BaselineCount(TINY, 1, 1, TestDirection.BETTER),
            new BaselineCount(2, 0.001, 5, TestDirection.BETTER));

    @Property
    void noWindowHasAnIncrementThatIsNotANumber(@ForAll("windows") ArmCounts window) {
        double[] increments = new double[Grid.SIZE];
        for (Increment test : TESTS) {
            test.of(window, increments);
            for (double increment : increments) {
                assertTrue(Double.isFinite(increment), () -> test + " gives " + increment + " for " + window);
            }
        }
    }

    @Property
    void noSumOfWindowsIsNotANumber(@ForAll("runs") List<ArmCounts> windows) {
        for (Increment increment : TESTS) {
            SequentialTest test = new SequentialTest(increment, windows.size() / 2);
            for (ArmCounts window : windows) {
                test.fold(window);
                assertTrue(Double.isFinite(test.logEvidence()), () -> increment + " over " + windows);
            }
        }
    }

    @Provide
    Arbitrary<ArmCounts> windows() {
        return Combinators.combine(counts(), counts()).as(ArmCounts::new);
    }

    @Provide
    Arbitrary<List<ArmCounts>> runs() {
        return windows().list().ofMinSize(1).ofMaxSize(12);
    }

    private static Arbitrary<Counts> counts() {
        Arbitrary<Double> totals = Arbitraries.oneOf(
                Arbitraries.of(0.0, TINY, 1e-300, 0.5, 1.0, 750.0, 1e15, Counts.LARGEST),
                Arbitraries.doubles().between(0, 1e15).ofScale(9));
        Arbitrary<Double> ratios = Arbitraries.oneOf(
                Arbitraries.of(0.0, 1.0), Arbitraries.doubles().between(0, 1).ofScale(9));
        return Combinators.combine(totals, ratios).as((total, ratio) -> new Counts(total * ratio, total));
    }
}
