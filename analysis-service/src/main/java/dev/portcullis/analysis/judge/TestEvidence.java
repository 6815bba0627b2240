package dev.portcullis.analysis.judge;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of one test, natural logarithms of e-values; may exceed 709, so cap before exponentiating.
 *
 * @param fail evidence that the canary is beyond the FAIL limit
 * @param pass evidence that it is within the PASS limit; empty when the test has no PASS side
 * @param culprit whether this test's weighted share alone reaches the FAIL threshold
 * @param failByCut the FAIL evidence of each cut the test looks at, in the order of the plan; {@code fail} is their average
 * @param shared what of {@code fail} counts, where a breach that the baseline shares does not fail the canary; else null, and all
 *     of it counts
 */
public record TestEvidence(
        double fail,
        OptionalDouble pass,
        boolean culprit,
        List<Double> failByCut,
        @Nullable SharedBreach shared) {
    /** Keeps its own copy. */
    public TestEvidence {
        failByCut = List.copyOf(failByCut);
    }

    /** The part of {@code fail} that counts towards a FAIL: all, unless the baseline fails alike. */
    public double counted() {
        return shared == null ? fail : shared.counted();
    }

    /** Whether the baseline fails alike, so that not all of {@code fail} counts. */
    public boolean held() {
        return counted() < fail;
    }

    /** Position in {@code failByCut} of the cut with the largest evidence; of equal ones the first. */
    public int worstCut() {
        int worst = 0;
        for (int j = 1; j < failByCut.size(); j++) {
            if (failByCut.get(j) > failByCut.get(worst)) {
                worst = j;
            }
        }
        return worst;
    }
}
