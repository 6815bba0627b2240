package dev.portcullis.analysis.detection;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
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
        Traffic traffic = detection.traffic();
        lines.add(detection.service().service() + " at " + perSecond(traffic.canary()) + " to the canary, "
                + (traffic.compares()
                        ? Rounded.given(traffic.baseline()) + " to the stable version"
                        : "no stable version beside it")
                + " (" + detection.releases() + " simulated releases a line)");
        AnalysisSettings settings = detection.service().settings();
        if (settings.clusterSize().from().wantsMeasurement()) {
            lines.add("  clusterSize is to be measured; "
                    + Rounded.given(settings.clusterSize().requests()) + " is presumed here");
        }
        if (settings.rhythm().windowFrom().wantsMeasurement()) {
            lines.add("  window is to be measured; "
                    + Rounded.duration(settings.rhythm().window()) + " is presumed here");
        }
    }

    private void objective(ObjectiveDetection found) {
        lines.add("");
        lines.add("  " + title(found));
        lines.add(row("canary's bad requests", "aborted", "median / 90 %", "promoted", "median / 90 %", "undecided"));
        for (Effect effect : found.effects()) {
            Outcomes outcomes = effect.outcomes();
            lines.add(row(
                    Rounded.percent(effect.ratio()) + " (" + effect.name() + ")",
                    Rounded.share(outcomes.abortedShare()),
                    times(outcomes.aborted()),
                    Rounded.share(outcomes.promotedShare()),
                    times(outcomes.promoted()),
                    Rounded.share(outcomes.undecidedShare())));
        }
        PassText.of(detection, found).forEach(line -> lines.add("    " + line));
    }

    private String title(ObjectiveDetection found) {
        Objective objective = found.objective();
        String bad = objective.indicator() instanceof LatencyIndicator latency
                ? "is slower than " + Rounded.given(latency.threshold()) + " in "
                : "fails ";
        return objective.name() + ": a stable version that " + bad + Rounded.percent(found.stableRatio())
                + " of its requests, " + share(detection.traffic().stableBudget()) + " what the target of "
                + Rounded.given(100 * objective.target()) + " % allows";
    }

    private static String share(double budget) {
        if (budget == Traffic.USUAL_BUDGET) {
            return "half of";
        }
        return budget < 1 ? Rounded.percent(budget) + " of" : Rounded.given(budget) + " times";
    }

    private static String row(Object... cells) {
        return ROW.formatted(cells).stripTrailing();
    }

    private static String times(List<Duration> times) {
        Optional<Duration> median = Outcomes.median(times);
        Optional<Duration> ninety = Outcomes.ninety(times);
        return median.isPresent() && ninety.isPresent()
                ? Rounded.duration(median.get()) + " / " + Rounded.duration(ninety.get())
                : NEVER;
    }

    private static String perSecond(double rate) {
        return Rounded.given(rate) + (rate == 1 ? " request/s" : " requests/s");
    }
}
