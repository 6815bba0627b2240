package dev.portcullis.analysis.slo;

/**
 * The rhythm and the strictness of an analysis.
 *
 * @param rhythm its times
 * @param strictness how sure a verdict has to be
 * @param clusterSize how many requests at most fail together
 * @param limits how far a canary may be off
 */
public record AnalysisSettings(Rhythm rhythm, Strictness strictness, ClusterSize clusterSize, Limits limits) {
    /** The defaults. */
    public static final AnalysisSettings DEFAULT =
            new AnalysisSettings(Rhythm.DEFAULT, Strictness.DEFAULT, ClusterSize.DEFAULT, Limits.DEFAULT);

    /** The same with another rhythm. */
    public AnalysisSettings withRhythm(Rhythm other) {
        return new AnalysisSettings(other, strictness, clusterSize, limits);
    }

    /** The same with another strictness. */
    public AnalysisSettings withStrictness(Strictness other) {
        return new AnalysisSettings(rhythm, other, clusterSize, limits);
    }

    /** The same with another cluster size. */
    public AnalysisSettings withClusterSize(ClusterSize other) {
        return new AnalysisSettings(rhythm, strictness, other, limits);
    }

    /** The same with other limits. */
    public AnalysisSettings withLimits(Limits other) {
        return new AnalysisSettings(rhythm, strictness, clusterSize, other);
    }
}
