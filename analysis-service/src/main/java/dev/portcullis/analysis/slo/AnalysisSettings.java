package dev.portcullis.analysis.slo;

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

    /** The same, decided by a score. */
    public AnalysisSettings withScore(ScoreSettings chosen) {
        return new AnalysisSettings(rhythm, strictness, clusterSize, limits, chosen);
    }
}
