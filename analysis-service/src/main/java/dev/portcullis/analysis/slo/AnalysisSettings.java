package dev.portcullis.analysis.slo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rhythm and the strictness of an analysis.
 *
 * @param timing its times
 * @param strictness how sure a verdict has to be
 * @param clusterSize how many requests at most fail together
 * @param limits how far a canary may be off
 * @param score what the Mann-Whitney judge is told; null when the sequential judge decides, which is the default
 */
public record AnalysisSettings(
        AnalysisTiming timing,
        Strictness strictness,
        ClusterSize clusterSize,
        CanaryLimits limits,
        @Nullable ScoreSettings score) {
    /** The defaults. */
    public static final AnalysisSettings DEFAULT = new AnalysisSettings(
            AnalysisTiming.DEFAULT, Strictness.DEFAULT, ClusterSize.DEFAULT, CanaryLimits.DEFAULT, null);

    /** The same with another rhythm. */
    public AnalysisSettings withRhythm(AnalysisTiming other) {
        return new AnalysisSettings(other, strictness, clusterSize, limits, score);
    }

    /** The same with another strictness. */
    public AnalysisSettings withStrictness(Strictness other) {
        return new AnalysisSettings(timing, other, clusterSize, limits, score);
    }

    /** The same with another cluster size. */
    public AnalysisSettings withClusterSize(ClusterSize other) {
        return new AnalysisSettings(timing, strictness, other, limits, score);
    }

    /** The same with other limits. */
    public AnalysisSettings withLimits(CanaryLimits other) {
        return new AnalysisSettings(timing, strictness, clusterSize, other, score);
    }

    /**
     * The same to show a recovery by: the sequential tests decide, at once and until the time is over. Windows stay as long as they are, since
     * finer ones would be votes that depend on each other.
     *
     * @param within time after which it is undecided
     */
    public AnalysisSettings ofRecovery(Duration within) {
        AnalysisTiming shorter = timing.ofRecovery(within);
        return new AnalysisSettings(
                shorter, strictness.atMostWindows(shorter.plannedWindows()), clusterSize, limits, null);
    }

    /** The same, decided by a score. */
    public AnalysisSettings withScore(ScoreSettings chosen) {
        return new AnalysisSettings(timing, strictness, clusterSize, limits, chosen);
    }
}
