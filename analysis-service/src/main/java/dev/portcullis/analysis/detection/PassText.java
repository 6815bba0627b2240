package dev.portcullis.analysis.detection;

import dev.portcullis.analysis.judge.Against;
import dev.portcullis.analysis.judge.PassRequirement;
import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.Rhythm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a PASS takes of one objective, whether it can be had before the deadline, and what can be done when it cannot. */
final class PassText {
    private final AnalysisSettings settings;
    private final ObjectiveDetection found;
    private final double rate;

    /** Seconds in which requests of the canary count. */
    private final double time;

    private PassText(Detection detection, ObjectiveDetection found) {
        this.settings = detection.service().settings();
        this.found = found;
        this.rate = detection.traffic().canary();
        Rhythm rhythm = settings.rhythm();
        this.time = rhythm.deadline().minus(rhythm.warmUp()).toMillis() / 1000.0;
    }

    /** A line or two. */
    static List<String> of(Detection detection, ObjectiveDetection found) {
        return new PassText(detection, found).lines();
    }

    private List<String> lines() {
        double usual = most(found.likeStable());
        double least = most(found.faultless());
        if (usual == Double.POSITIVE_INFINITY) {
            return List.of("A canary as good as the stable version never gets a PASS: "
                    + Rounded.percent(found.stableRatio()) + " is beyond what " + knobs(usual) + " tolerates.");
        }
        String needed = "about " + Rounded.count(usual) + " canary requests as good as the stable version's ("
                + Rounded.forecast(usual / rate) + "), or " + Rounded.count(least) + " without any bad one ("
                + Rounded.forecast(least / rate) + ")";
        if (usual <= coming()) {
            return List.of("A PASS takes " + needed + afterBake() + ".");
        }
        String chance = least > coming() ? "No PASS is to be expected before " : "It takes luck to get a PASS before ";
        return List.of(
                chance + "the deadline of "
                        + Rounded.duration(settings.rhythm().deadline()) + ": that needs " + needed + "; "
                        + Rounded.count(coming()) + " come.",
                advice(usual));
    }

    private double coming() {
        return rate * time;
    }

    private String afterBake() {
        return settings.rhythm().bake().isZero()
                ? ""
                : "; the bake time is " + Rounded.duration(settings.rhythm().bake());
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
        ways.add("send " + Rounded.atLeast(usual / time) + " requests/s or more");
        if (settings.clusterSize().requests() > 1) {
            ways.add("lower analysis.clusterSize, now "
                    + Rounded.given(settings.clusterSize().requests()) + " (let it be measured)");
        }
        ways.add("raise " + knobs(coming()));
        String longer =
                Rounded.forecast(usual / rate + settings.rhythm().warmUp().toSeconds());
        return "To get one, " + String.join(", ", ways) + ", or set a deadline beyond " + longer + ".";
    }

    /** The settings of the limits that need so many requests of a canary like the stable version. */
    private String knobs(double orMore) {
        return found.likeStable().stream()
                .filter(test -> test.requests().orElse(Double.POSITIVE_INFINITY) >= orMore)
                .map(test -> test.against() == Against.SLO ? "analysis.slo.burnPass" : "analysis.baseline.passMargin")
                .collect(Collectors.joining(" and "));
    }
}
