package dev.portcullis.analysis.judge;

/**
 * What a breach of fixed limits counts for where the baseline may fail alike, natural logarithms of e-values.
 *
 * <p>As long as {@code baseline} is below {@link #ALIKE} the baseline shows no such breach, and all evidence against the canary
 * counts. From there on only that against a limit counts which is raised, in each window, to twice what the baseline shows in it:
 * an outage that hits both says nothing then, and a canary that fails far more than the baseline is still found. Either way no more
 * counts than there is, so this only takes FAILs away.
 *
 * @param baseline evidence that the baseline exceeds {@link #BASELINE_LIMIT} of the FAIL limit, from the same windows
 * @param counted the part of the evidence against the canary that counts towards a FAIL
 */
public record SharedBreach(double baseline, double counted) {
    /** From this evidence on, 1.5 : 1, the baseline is taken to fail alike. */
    public static final double ALIKE = StrictMath.log(1.5);

    /** The baseline is held against this part of the canary's FAIL limit: by default just the error budget. */
    public static final double BASELINE_LIMIT = 0.5;

    /** While the baseline fails alike, a canary may fail this many times as often as it. */
    public static final double FACTOR = 2;

    /** Whether the baseline is taken to fail alike. */
    public boolean alike() {
        return baseline >= ALIKE;
    }
}
