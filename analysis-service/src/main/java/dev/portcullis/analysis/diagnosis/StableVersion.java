package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.SloBreach;
import java.util.Optional;

/** Whether a canary as good as the version that runs now could meet an objective. */
final class StableVersion {
    /** With fewer bad requests, their ratio may be chance. */
    private static final double ENOUGH_BAD = 10;

    private StableVersion() {}

    /** What is wrong; empty when nothing is. */
    static Optional<Finding> check(
            Subject.OfQuery subject, Objective objective, AnalysisSettings settings, StableCounts counts) {
        double burn = counts.ratio() / (1 - objective.target());
        if (counts.bad() < ENOUGH_BAD || burn <= 1 || settings.score() != null) {
            return Optional.empty();
        }
        String what = "the service had " + Rounding.percent(counts.ratio()) + " "
                + (subject.part().equals(Query.HISTOGRAM) ? "too slow" : "bad") + " requests " + counts.since() + ", "
                + Rounding.figure(burn) + " times what the target of "
                + Rounding.count(100 * objective.target()) + " % allows";
        double limit = settings.limits().burnFail();
        return Optional.of(
                burn > limit
                        ? Finding.of(
                                FindingKind.STABLE_WOULD_FAIL,
                                subject,
                                what + consequence(settings),
                                meet(objective, counts))
                        : Finding.of(
                                FindingKind.STABLE_OVER_BUDGET,
                                subject,
                                what + ": below the FAIL limit of " + Rounding.count(limit)
                                        + " times, but a canary as good as it spends the error budget",
                                meet(objective, counts)));
    }

    private static String consequence(AnalysisSettings settings) {
        String limit = "; the FAIL limit is " + Rounding.count(settings.limits().burnFail()) + " times";
        return settings.strictness().sloBreach() == SloBreach.FAIL
                ? limit + ", so every canary as good as it would be aborted"
                : limit + ", so no canary as good as it would be promoted";
    }

    private static String meet(Objective objective, StableCounts counts) {
        return "mend the service, or set a target it can meet, below "
                + Rounding.count(100 - 100 * roundedUp(counts.ratio())) + " %, in place of "
                + Rounding.count(100 * objective.target()) + " %";
    }

    /** To two digits, so that the target named is one that is met. */
    private static double roundedUp(double ratio) {
        double digit = Math.pow(10, Math.floor(Math.log10(ratio)) - 1);
        return Math.min(1, Math.ceil(ratio / digit) * digit);
    }
}
