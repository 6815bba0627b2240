package dev.portcullis.analysis.judge;

import java.util.OptionalInt;

/** The rule that turns evidence into a verdict, and the memory of what it decided. Not thread-safe. */
final class VerdictLatch {
    private final double failThreshold;
    private final double passThreshold;
    private final int minFailWindows;
    private OptionalInt passedAt = OptionalInt.empty();
    private OptionalInt failedAt = OptionalInt.empty();

    VerdictLatch(double failThreshold, double passThreshold, int minFailWindows) {
        this.failThreshold = failThreshold;
        this.passThreshold = passThreshold;
        this.minFailWindows = minFailWindows;
    }

    /** Whether {@link #see} could decide anything new on evidence no larger than this. */
    boolean mayDecide(double failAtMost, double passAtMost, boolean passAllowed) {
        boolean mayPass = passedAt.isEmpty() && passAllowed && passAtMost >= passThreshold;
        return failedAt.isEmpty() && (mayPass || failAtMost >= failThreshold);
    }

    /**
     * Looks at the evidence after a window.
     *
     * @param window its number, from 1
     * @param fail evidence that counts towards a FAIL
     * @param held all evidence against the canary, also what does not count because the baseline fails alike; at least {@code fail}
     * @param errorWindows windows so far with a canary error in the test that speaks loudest
     */
    void see(int window, double fail, double held, double pass, int errorWindows, boolean passAllowed) {
        if (failedAt.isPresent()) {
            return;
        }
        if (fail >= failThreshold && errorWindows >= minFailWindows) {
            failedAt = OptionalInt.of(window);
        } else if (passedAt.isEmpty() && passAllowed && pass >= passThreshold && !vetoes(held)) {
            passedAt = OptionalInt.of(window);
        }
    }

    /** Half-way to a FAIL, in logarithms, a canary is no longer passed. */
    private boolean vetoes(double against) {
        return against >= failThreshold / 2;
    }

    Verdict verdict() {
        if (failedAt.isPresent()) {
            return Verdict.FAIL;
        }
        return passedAt.isPresent() ? Verdict.PASS : Verdict.CONTINUE;
    }

    OptionalInt passedAt() {
        return passedAt;
    }

    OptionalInt failedAt() {
        return failedAt;
    }
}
