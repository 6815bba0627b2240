package dev.portcullis.rollback.recovery;

/**
 * What is known of a recovery. Three kinds never stand for one another: measured and bad ({@link NotRecovered}), not enough to tell
 * ({@link Measuring}, {@link Inconclusive}), and not to be asked ({@link Unavailable}).
 */
public sealed interface RecoveryResult {
    /** A few sentences for people. */
    String text();

    /**
     * The service's SLOs are kept again, as far as the tests' error bounds go. Final.
     *
     * @param analysis which one found it, "analyses/{uuid}"
     */
    record Recovered(String analysis, String text) implements RecoveryResult {}

    /**
     * The restored version breaks an SLO as well: the release that was taken back may not have been the cause. Final for this question; a new
     * one can find otherwise.
     *
     * @param analysis which one found it
     */
    record NotRecovered(String analysis, String text) implements RecoveryResult {}

    /**
     * Not decided yet.
     *
     * @param analysis which one measures
     */
    record Measuring(String analysis, String text) implements RecoveryResult {}

    /**
     * Ended without a proof either way, for instance since there were too few requests. Final. Says nothing against the restored version.
     *
     * @param analysis which one ended
     */
    record Inconclusive(String analysis, String text) implements RecoveryResult {}

    /** It could not be asked, and why; it may be asked again. */
    record Unavailable(String text) implements RecoveryResult {}
}
