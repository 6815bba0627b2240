package dev.portcullis.analysis.slo;

/**
 * How sure a verdict has to be.
 *
 * @param alpha bound on false FAILs, in (0, 0.5); default 0.01
 * @param beta bound on false PASSes, in (0, 0.5); default 0.05
 * @param minFailWindows windows with a canary error needed before a FAIL; default 2
 * @param sloBreach what a breach of the SLO means that the baseline shows as well; default FAIL_UNLESS_SHARED
 */
public record Strictness(double alpha, double beta, int minFailWindows, SloBreach sloBreach) {
    /** The defaults. */
    public static final Strictness DEFAULT = new Strictness(0.01, 0.05, 2, SloBreach.FAIL_UNLESS_SHARED);

    /** The same where there are no more windows than these, so that a FAIL stays possible; it costs nothing of the error bounds. */
    Strictness atMostWindows(int planned) {
        return new Strictness(alpha, beta, Math.min(minFailWindows, planned), sloBreach);
    }
}
