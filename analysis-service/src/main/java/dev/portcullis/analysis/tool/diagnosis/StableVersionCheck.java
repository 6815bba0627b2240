package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.analysis.slo.SloBreach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a canary as good as the version that runs now could meet an objective. */
final class StableVersionCheck {
    /** With fewer bad requests, their ratio may be chance. */
    private static final double ENOUGH_BAD = 10;

    private final Subject.OfQuery subject;
    private final Objective objective;
    private final AnalysisSettings settings;
    private final StableCounts counts;

    private StableVersionCheck(
            Subject.OfQuery subject, Objective objective, AnalysisSettings settings, StableCounts counts) {
        this.subject = subject;
        this.objective = objective;
        this.settings = settings;
        this.counts = counts;
    }

    /** What is wrong with the stable version, and which others are worse than a canary may be; empty when nothing is. */
    static List<Finding> check(
            Subject.OfQuery subject, Objective objective, AnalysisSettings settings, StableCounts counts) {
        return settings.score() == null
                ? new StableVersionCheck(subject, objective, settings, counts).check()
                : List.of();
    }

    private List<Finding> check() {
        List<Finding> findings =
                new ArrayList<>(ofStable(counts.stable()).stream().toList());
        double limit = settings.limits().burnFail();
        counts.versions().stream()
                .skip(1)
                .filter(version -> version.bad() >= ENOUGH_BAD && burn(version) > limit)
                .map(version -> finding(
                        FindingKind.OTHER_VERSION_WOULD_FAIL,
                        what(version) + "; it is not taken for the stable version, since '"
                                + counts.stable().version() + "' had more requests",
                        ""))
                .forEach(findings::add);
        return findings;
    }

    private Optional<Finding> ofStable(VersionCounts stable) {
        double burn = burn(stable);
        if (stable.bad() < ENOUGH_BAD || burn <= 1) {
            return Optional.empty();
        }
        double limit = settings.limits().burnFail();
        return Optional.of(
                burn > limit
                        ? finding(FindingKind.STABLE_WOULD_FAIL, what(stable) + consequence(settings), meet(stable))
                        : finding(
                                FindingKind.STABLE_OVER_BUDGET,
                                what(stable) + ": below the FAIL limit of " + FindingFormat.count(limit)
                                        + " times, but a canary as good as it spends the error budget",
                                meet(stable)));
    }

    private double burn(VersionCounts version) {
        return version.ratio() / (1 - objective.target());
    }

    private String what(VersionCounts version) {
        return "version '" + version.version() + "' had " + FindingFormat.percent(version.ratio()) + " "
                + (subject.part().equals(Query.HISTOGRAM) ? "too slow" : "bad") + " requests " + counts.since() + ", "
                + FindingFormat.figure(burn(version)) + " times what the target of "
                + FindingFormat.count(100 * objective.target()) + " % allows";
    }

    private Finding finding(FindingKind kind, String what, String fix) {
        return Finding.of(kind, subject, what, fix);
    }

    private static String consequence(AnalysisSettings settings) {
        String limit =
                "; the FAIL limit is " + FindingFormat.count(settings.limits().burnFail()) + " times";
        return settings.strictness().sloBreach() == SloBreach.FAIL
                ? limit + ", so every canary as good as it would be aborted"
                : limit + ", so no canary as good as it would be promoted";
    }

    private String meet(VersionCounts stable) {
        return "fix the service, or set a target it can meet, below "
                + FindingFormat.count(100 - 100 * roundedUp(stable.ratio())) + " %, in place of "
                + FindingFormat.count(100 * objective.target()) + " %";
    }

    /** To two digits, so that the target named is one that is met. */
    private static double roundedUp(double ratio) {
        double digit = Math.pow(10, Math.floor(Math.log10(ratio)) - 1);
        return Math.min(1, Math.ceil(ratio / digit) * digit);
    }
}
