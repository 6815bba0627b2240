package dev.portcullis.benchmarks.calibration.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome.Decision;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AbortsTest {
    private static final CanaryOutcome ABORTED = new CanaryOutcome(Decision.ABORTED, 60, OptionalInt.empty());
    private static final CanaryOutcome PROMOTED = new CanaryOutcome(Decision.PROMOTED, 300, OptionalInt.empty());
    private static final CanaryOutcome OVERRIDDEN = new CanaryOutcome(Decision.PROMOTED, 300, OptionalInt.of(1860));
    private static final CanaryOutcome UNDECIDED = new CanaryOutcome(Decision.UNDECIDED, 3600, OptionalInt.empty());

    @Test
    void anAbortAfterThePromotionCountsForEverAndNotBeforeADecision() {
        var aborts = Aborts.of(List.of(ABORTED, PROMOTED, OVERRIDDEN, UNDECIDED));
        assertEquals(new Aborts(new Proportion(1, 4), new Proportion(2, 4)), aborts);
    }

    @Test
    void aBoundThatHoldsBeforeADecisionOnlyIsExceeded() {
        var outcomes = Stream.of(Collections.nCopies(3, OVERRIDDEN), Collections.nCopies(97, PROMOTED))
                .flatMap(List::stream)
                .toList();
        var aborts = Aborts.of(outcomes);
        assertFalse(new Claim("section", "workload", "rule", 0.001, aborts.first()).exceeded());
        assertTrue(new Claim("section", "workload", "rule", 0.001, aborts.ever()).exceeded());
    }
}
