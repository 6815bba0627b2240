package dev.portcullis.analysis.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import java.util.OptionalDouble;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RepetitionsTest {
    @Property(tries = 200)
    void theTestReachesTheThresholdWithThatWindowAndNotBefore(
            @ForAll @IntRange(min = 2, max = 60) int bad, @ForAll @IntRange(min = 1, max = 30) int threshold) {
        Increment increment = new SloVote(0.01);
        ArmCounts window = ArmCounts.ofCanary(new Counts(bad, 100));
        double number = Repetitions.until(threshold, increment, window).orElseThrow();
        SequentialTest test = new SequentialTest(increment, 0);
        for (int i = 0; i < (int) Math.floor(number); i++) {
            assertTrue(test.logEvidence() < threshold);
            test.fold(window);
        }
        test.fold(window);
        assertTrue(test.logEvidence() >= threshold - 1e-9);
    }

    @Example
    void windowsThatSayNothingOrTheOppositeNeverSuffice() {
        Increment increment = new SloCount(0.01, 1, TestDirection.BETTER);
        assertEquals(OptionalDouble.empty(), Repetitions.until(3, increment, ArmCounts.NONE));
        assertEquals(OptionalDouble.empty(), Repetitions.until(3, increment, ArmCounts.ofCanary(new Counts(2, 100))));
    }

    @Example
    void aNumberThatNobodyCanCountToIsNone() {
        Increment increment = new SloCount(0.01, 1, TestDirection.BETTER);
        assertEquals(
                OptionalDouble.empty(), Repetitions.until(3, increment, ArmCounts.ofCanary(new Counts(0, 1e-300))));
    }
}
