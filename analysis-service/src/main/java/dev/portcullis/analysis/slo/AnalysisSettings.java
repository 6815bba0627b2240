package dev.portcullis.analysis.slo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rhythm and the strictness of an analysis.
 *
 * @param rhythm its times
 * @param strictness how sure a verdict has to be
 * @param clusterSize how many requests at most fail together
 * @param limits how far a canary may be off
 * @param score what the Mann-Whitney judge is told; null when the sequential judge decides, which is the default
 */
public record AnalysisSettings(
        Rhythm rhythm,
        Strictness strictness,
        ClusterSize clusterSize,
        Limits limits,
        @Nullable ScoreSettings score) {
    /** The defaults. */
    public static final AnalysisSettings DEFAULT =
            new AnalysisSettings(Rhythm.DEFAULT, Strictness.DEFAULT, ClusterSize.DEFAULT, Limits.DEFAULT, null);

    /** The same with another rhythm. */
    public AnalysisSettings withRhythm(Rhythm other) {
        return new AnalysisSettings(other, strictness, clusterSize, limits, score);
    }

    /** The same with another strictness. */
    public AnalysisSettings withStrictness(Strictness other) {
        return new AnalysisSettings(rhythm, other, clusterSize, limits, score);
    }

    /** The same with another cluster size. */
    public AnalysisSettings withClusterSize(ClusterSize other) {
        return new AnalysisSettings(rhythm, strictness, other, limits, score);
    }

    /** The same with other limits. */
    public AnalysisSettings withLimits(Limits other) {
        return new AnalysisSettings(rhythm, strictness, clusterSize, other, score);
    }

    /**
     * The same to show a recovery by: the sequential tests decide, at once and until the time is over. Windows stay as long as they are, since
     * finer ones would be votes that depend on each other.
     *
     * @param within time after which it is undecided
     */
    public AnalysisSettings ofRecovery(Duration within) {
        return new AnalysisSettings(rhythm.ofRecovery(within), strictness, clusterSize, limits, null);
    }

    /** The same, decided by a score. */
    public AnalysisSettings withScore(ScoreSettings chosen) {
        return new AnalysisSettings(rhythm, strictness, clusterSize, limits, chosen);
    }
}
