package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.stats.CutTests;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The FAIL side and, if there is one, the PASS side of a test while windows come in. Not thread-safe. */
final class TestSides {
    /** PASS evidence has no start to spread: a canary has to be good all the time. */
    private static final int PLAIN = 0;

    private final double logShare;
    private final CutTests fail;
    private final @Nullable CutTests pass;
    private final @Nullable SharedBreachVotes shared;

    private TestSides(double share, CutTests fail, @Nullable CutTests pass, @Nullable SharedBreachVotes shared) {
        this.logShare = StrictMath.log(share);
        this.fail = fail;
        this.pass = pass;
        this.shared = shared;
    }

    /**
     * The sides of a test of fixed limits, which concern one cut.
     *
     * @param unlessShared whether a breach that the baseline shares is held
     */
    static TestSides of(SloLimits limits, Cuts cuts, double share, int plannedWindows, boolean unlessShared) {
        OptionalDouble ratio = limits.passRatio();
        return new TestSides(
                share,
                new CutTests(limits.worseThan(limits.failRatio()), plannedWindows, List.of(cuts.fail())),
                ratio.isEmpty()
                        ? null
                        : new CutTests(limits.betterThan(ratio.getAsDouble()), PLAIN, List.of(cuts.pass())),
                unlessShared ? new SharedBreachVotes(limits, cuts.fail(), plannedWindows) : null);
    }

    /** The sides of a test of limits drawn from the baseline, which hold at every cut that is compared. */
    static TestSides of(BaselineLimits limits, Cuts cuts, double share, int plannedWindows) {
        OptionalDouble factor = limits.passFactor();
        return new TestSides(
                share,
                new CutTests(
                        limits.worseThan(limits.failFactor(), limits.failMargin()), plannedWindows, cuts.compared()),
                factor.isEmpty()
                        ? null
                        : new CutTests(
                                limits.betterThan(factor.getAsDouble(), limits.passMargin()), PLAIN, cuts.compared()),
                null);
    }

    void fold(Observation window) {
        fail.fold(window);
        if (pass != null) {
            pass.fold(window);
        }
        if (shared != null) {
            shared.fold(window);
        }
    }

    /** Whether this test takes part in a FAIL. */
    boolean mayFail() {
        return logShare > Double.NEGATIVE_INFINITY;
    }

    /** Logarithm of this test's weighted e-value, as far as it counts towards a FAIL. */
    double weightedFail() {
        double full = fail.mean();
        return logShare + (shared == null ? full : shared.of(full).counted());
    }

    /** The same with all that was held because the baseline fails alike: what stands against a PASS. */
    double weightedFailWithHeld() {
        return logShare + fail.mean();
    }

    /** Windows with a canary error where this test looks and speaks most against the canary. */
    int errorWindows() {
        return fail.errorWindowsAtWorst();
    }

    double failCeiling() {
        return fail.ceilingOfMean();
    }

    /** Evidence of the PASS side; unlimited when there is none, so that it holds nobody back. */
    double pass() {
        return pass == null ? Double.POSITIVE_INFINITY : pass.least();
    }

    double passCeiling() {
        return pass == null ? Double.POSITIVE_INFINITY : pass.ceilingOfLeast();
    }

    TestEvidence evidence(double failThreshold) {
        double full = fail.mean();
        return new TestEvidence(
                full,
                pass == null ? OptionalDouble.empty() : OptionalDouble.of(pass.least()),
                mayFail() && weightedFail() >= failThreshold,
                Arrays.stream(fail.each()).boxed().toList(),
                shared == null ? null : shared.of(full));
    }
}
