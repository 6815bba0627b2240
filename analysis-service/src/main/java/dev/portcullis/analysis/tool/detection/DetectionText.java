package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A detection in plain words and a table per objective; the same text for the same detection. */
public final class DetectionText {
    private static final String ROW = "    %-23s %-9s %-27s %-9s %-27s %s";
    private static final String NEVER = "-";

    private final Detection detection;
    private final List<String> lines = new ArrayList<>();

    private DetectionText(Detection detection) {
        this.detection = detection;
    }

    /** The lines, without an empty one at either end. */
    public static List<String> of(Detection detection) {
        DetectionText text = new DetectionText(detection);
        text.head();
        detection.objectives().forEach(text::objective);
        return List.copyOf(text.lines);
    }

    private void head() {
        AssumedTraffic assumedTraffic = detection.assumedTraffic();
        lines.add(detection.service().service() + " at " + perSecond(assumedTraffic.canary()) + " to the canary, "
                + (assumedTraffic.compares()
                        ? ForecastFormat.given(assumedTraffic.baseline()) + " to the stable version"
                        : "no stable version beside it")
                + " (" + detection.releases() + " simulated releases a line)");
        AnalysisSettings settings = detection.service().settings();
        if (settings.clusterSize().from().wantsMeasurement()) {
            lines.add("  clusterSize is to be measured; "
                    + ForecastFormat.given(settings.clusterSize().requests()) + " is presumed here");
        }
        if (settings.timing().windowFrom().wantsMeasurement()) {
            lines.add("  window is to be measured; "
                    + DurationText.rounded(settings.timing().window()) + " is presumed here");
        }
    }

    private void objective(ObjectiveDetection found) {
        lines.add("");
        lines.add("  " + title(found));
        lines.add(row("canary's bad requests", "aborted", "median / 90 %", "promoted", "median / 90 %", "undecided"));
        for (EffectOutcomes effectOutcomes : found.effects()) {
            OutcomeCounts outcomeCounts = effectOutcomes.outcomeCounts();
            lines.add(row(
                    ForecastFormat.percent(effectOutcomes.ratio()) + " (" + effectOutcomes.name() + ")",
                    ForecastFormat.share(outcomeCounts.abortedShare()),
                    times(outcomeCounts.aborted()),
                    ForecastFormat.share(outcomeCounts.promotedShare()),
                    times(outcomeCounts.promoted()),
                    ForecastFormat.share(outcomeCounts.undecidedShare())));
        }
        PassRequirementText.of(detection, found).forEach(line -> lines.add("    " + line));
    }

    private String title(ObjectiveDetection found) {
        Objective objective = found.objective();
        String bad = objective.indicator() instanceof LatencyIndicator latency
                ? "is slower than " + ForecastFormat.given(latency.threshold()) + " in "
                : "fails ";
        return objective.name() + ": a stable version that " + bad + ForecastFormat.percent(found.stableRatio())
                + " of its requests, " + share(detection.assumedTraffic().stableBudget()) + " what the target of "
                + ForecastFormat.given(100 * objective.target()) + " % allows";
    }

    private static String share(double budget) {
        if (budget == AssumedTraffic.USUAL_BUDGET) {
            return "half of";
        }
        return budget < 1 ? ForecastFormat.percent(budget) + " of" : ForecastFormat.given(budget) + " times";
    }

    private static String row(Object... cells) {
        return ROW.formatted(cells).stripTrailing();
    }

    private static String times(List<Duration> times) {
        Optional<Duration> median = OutcomeCounts.median(times);
        Optional<Duration> ninety = OutcomeCounts.ninety(times);
        return median.isPresent() && ninety.isPresent()
                ? DurationText.rounded(median.get()) + " / " + DurationText.rounded(ninety.get())
                : NEVER;
    }

    private static String perSecond(double rate) {
        return ForecastFormat.given(rate) + (rate == 1 ? " request/s" : " requests/s");
    }
}
