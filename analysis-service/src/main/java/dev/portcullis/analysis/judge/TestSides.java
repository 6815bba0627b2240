package dev.portcullis.analysis.judge;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.stats.Increment;
import dev.portcullis.analysis.stats.SequentialTest;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The FAIL side and, if there is one, the PASS side of a test while windows come in. Not thread-safe. */
final class TestSides {
    private final double logShare;
    private final SequentialTest fail;
    private final @Nullable SequentialTest pass;

    private TestSides(double share, Increment fail, int plannedWindows, @Nullable Increment pass) {
        this.logShare = StrictMath.log(share);
        this.fail = new SequentialTest(fail, plannedWindows);
        // PASS evidence has no start to spread: a canary has to be good all the time.
        this.pass = pass == null ? null : new SequentialTest(pass, 0);
    }

    static TestSides of(SloLimits limits, double share, int plannedWindows) {
        OptionalDouble ratio = limits.passRatio();
        return new TestSides(
                share,
                limits.worseThan(limits.failRatio()),
                plannedWindows,
                ratio.isPresent() ? limits.betterThan(ratio.getAsDouble()) : null);
    }

    static TestSides of(BaselineLimits limits, double share, int plannedWindows) {
        OptionalDouble factor = limits.passFactor();
        return new TestSides(
                share,
                limits.worseThan(limits.failFactor(), limits.failMargin()),
                plannedWindows,
                factor.isPresent() ? limits.betterThan(factor.getAsDouble(), limits.passMargin()) : null);
    }

    void fold(ArmCounts window) {
        fail.fold(window);
        if (pass != null) {
            pass.fold(window);
        }
    }

    boolean gating() {
        return logShare > Double.NEGATIVE_INFINITY;
    }

    /** Logarithm of this test's weighted e-value. */
    double weightedFail() {
        return logShare + fail.logEvidence();
    }

    double failCeiling() {
        return fail.ceiling();
    }

    /** Evidence of the PASS side; unlimited when there is none, so that it holds nobody back. */
    double pass() {
        return pass == null ? Double.POSITIVE_INFINITY : pass.logEvidence();
    }

    double passCeiling() {
        return pass == null ? Double.POSITIVE_INFINITY : pass.ceiling();
    }

    TestEvidence evidence(double failThreshold) {
        return new TestEvidence(
                fail.logEvidence(),
                pass == null ? OptionalDouble.empty() : OptionalDouble.of(pass.logEvidence()),
                gating() && weightedFail() >= failThreshold);
    }
}
