package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.judge.TestKind;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.AnalysisTiming;
import dev.portcullis.kit.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a PASS takes of one objective, whether it can be had before the deadline, and what can be done when it cannot. */
final class PassRequirementText {
    private final AnalysisSettings settings;
    private final ObjectiveDetection found;
    private final double rate;

    /** Seconds in which requests of the canary count. */
    private final double time;

    private PassRequirementText(Detection detection, ObjectiveDetection found) {
        this.settings = detection.service().settings();
        this.found = found;
        this.rate = detection.assumedTraffic().canary();
        AnalysisTiming timing = settings.timing();
        this.time = timing.deadline().minus(timing.warmUp()).toMillis() / 1000.0;
    }

    /** A line or two. */
    static List<String> of(Detection detection, ObjectiveDetection found) {
        return new PassRequirementText(detection, found).lines();
    }

    private List<String> lines() {
        double usual = most(found.likeStable());
        double least = most(found.faultless());
        if (usual == Double.POSITIVE_INFINITY) {
            return List.of("A canary as good as the stable version never gets a PASS: "
                    + ForecastFormat.percent(found.stableRatio()) + " is beyond what " + knobs(usual) + " tolerates.");
        }
        String needed = "about " + ForecastFormat.count(usual) + " canary requests as good as the stable version's ("
                + ForecastFormat.forecast(usual / rate) + "), or " + ForecastFormat.count(least)
                + " without any bad one ("
                + ForecastFormat.forecast(least / rate) + ")";
        if (usual <= coming()) {
            return List.of("A PASS takes " + needed + afterBake() + ".");
        }
        String chance = least > coming() ? "No PASS is to be expected before " : "It takes luck to get a PASS before ";
        return List.of(
                chance + "the deadline of "
                        + DurationText.rounded(settings.timing().deadline()) + ": that needs " + needed + "; "
                        + ForecastFormat.count(coming()) + " come.",
                advice(usual));
    }

    private double coming() {
        return rate * time;
    }

    private String afterBake() {
        return settings.timing().bake().isZero()
                ? ""
                : "; the bake time is " + DurationText.rounded(settings.timing().bake());
    }

    /** Every test has to pass, so the one that needs most tells. */
    private static double most(List<PassRequirement> tests) {
        return tests.stream()
                .mapToDouble(test -> test.requests().orElse(Double.POSITIVE_INFINITY))
                .max()
                .orElse(0);
    }

    private String advice(double usual) {
        List<String> ways = new ArrayList<>();
        ways.add("send " + ForecastFormat.atLeast(usual / time) + " requests/s or more");
        if (settings.clusterSize().requests() > 1) {
            ways.add("lower analysis.clusterSize, now "
                    + ForecastFormat.given(settings.clusterSize().requests()) + " (let it be measured)");
        }
        ways.add("raise " + knobs(coming()));
        String longer = ForecastFormat.forecast(
                usual / rate + settings.timing().warmUp().toSeconds());
        return "To get one, " + String.join(", ", ways) + ", or set a deadline beyond " + longer + ".";
    }

    /** The settings of the limits that need so many requests of a canary like the stable version. */
    private String knobs(double orMore) {
        return found.likeStable().stream()
                .filter(test -> test.requests().orElse(Double.POSITIVE_INFINITY) >= orMore)
                .map(test -> test.kind() == TestKind.SLO ? "analysis.slo.burnPass" : "analysis.baseline.passMargin")
                .collect(Collectors.joining(" and "));
    }
}
