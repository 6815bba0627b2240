package dev.portcullis.analysis.store;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.analysis.slo.SloBreach;
import dev.portcullis.analysis.slo.Strictness;
import java.time.Duration;
import java.util.Optional;

/** The form of an analysis' settings in analysis.plan. */
record StoredSettings(
        StoredRhythm rhythm,
        StoredStrictness strictness,
        StoredClusterSize clusterSize,
        StoredLimits limits,
        Optional<StoredScoreSettings> score) {
    /** When it is read and judged. */
    record StoredRhythm(
            Duration poll, Duration window, Provenance windowFrom, Duration deadline, Duration bake, Duration warmUp) {
        private static StoredRhythm of(AnalysisTiming timing) {
            return new StoredRhythm(
                    timing.poll(),
                    timing.window(),
                    timing.windowFrom(),
                    timing.deadline(),
                    timing.bake(),
                    timing.warmUp());
        }

        private AnalysisTiming timing() {
            return new AnalysisTiming(poll, window, windowFrom, deadline, bake, warmUp);
        }
    }

    /** How strictly it is judged. */
    record StoredStrictness(double alpha, double beta, int minFailWindows, SloBreach sloBreach) {
        private static StoredStrictness of(Strictness strictness) {
            return new StoredStrictness(
                    strictness.alpha(), strictness.beta(), strictness.minFailWindows(), strictness.sloBreach());
        }

        private Strictness strictness() {
            return new Strictness(alpha, beta, minFailWindows, sloBreach);
        }
    }

    /** In what groups errors come. */
    record StoredClusterSize(double requests, Provenance from) {}

    /** How much worse is too much. */
    record StoredLimits(
            double burnFail,
            double burnPass,
            double failFactor,
            double failMargin,
            double passFactor,
            double passMargin) {
        private static StoredLimits of(CanaryLimits limits) {
            return new StoredLimits(
                    limits.burnFail(),
                    limits.burnPass(),
                    limits.failFactor(),
                    limits.failMargin(),
                    limits.passFactor(),
                    limits.passMargin());
        }

        private CanaryLimits limits() {
            return new CanaryLimits(burnFail, burnPass, failFactor, failMargin, passFactor, passMargin);
        }
    }

    static StoredSettings of(AnalysisSettings settings) {
        return new StoredSettings(
                StoredRhythm.of(settings.timing()),
                StoredStrictness.of(settings.strictness()),
                new StoredClusterSize(
                        settings.clusterSize().requests(),
                        settings.clusterSize().from()),
                StoredLimits.of(settings.limits()),
                Optional.ofNullable(settings.score()).map(StoredScoreSettings::of));
    }

    AnalysisSettings settings() {
        return new AnalysisSettings(
                rhythm.timing(),
                strictness.strictness(),
                new ClusterSize(clusterSize.requests(), clusterSize.from()),
                limits.limits(),
                score.map(StoredScoreSettings::settings).orElse(null));
    }
}
