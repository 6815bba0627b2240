package dev.portcullis.analysis.evidence;

/**
 * Counts of both arms over the same time.
 *
 * @param canary the canary's requests
 * @param baseline the baseline's requests; {@link Counts#NONE} when there is no baseline
 */
public record ArmCounts(Counts canary, Counts baseline) {
    /** Nothing seen of either arm. */
    public static final ArmCounts NONE = new ArmCounts(Counts.NONE, Counts.NONE);

    /** A canary that has no baseline beside it. */
    public static ArmCounts ofCanary(Counts canary) {
        return new ArmCounts(canary, Counts.NONE);
    }

    /** Each arm's requests of both together. */
    public ArmCounts plus(ArmCounts other) {
        return new ArmCounts(canary.plus(other.canary), baseline.plus(other.baseline));
    }
}
