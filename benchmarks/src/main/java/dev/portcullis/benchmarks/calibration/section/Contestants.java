package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.ArgoThreshold;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.ComparisonScore;
import dev.portcullis.benchmarks.calibration.rule.FlaggerChecks;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules that are compared. */
final class Contestants {
    private static final int MINUTE = 60 / Polls.SECONDS;
    private static final int HALF_HOUR = 30;

    /** 99.8 % good: where the default policy's limit is. */
    private static final double SAME_LIMIT = 1 - SimulatedPolicies.SLO_FAIL;

    private static final double COMMON_LIMIT = 0.99;

    /** Names of those that a plot has room for. */
    static final Set<String> DRAWN = Set.of(
            "Portcullis, default policy",
            "Portcullis, baseline limits only",
            "Argo, 99.8 %, failureLimit 0",
            "Argo, 99.8 %, failureLimit 3",
            "Argo, 99 %, failureLimit 0",
            "Flagger, 99 %, 5 failed checks",
            "Flagger, 99.8 %, 5 failed checks",
            "Kayenta-style, 11 looks from 10 min");

    private Contestants() {}

    static List<CanaryRule> all() {
        var rules = new ArrayList<>(List.of(
                SimulatedPolicies.standard(),
                SimulatedPolicies.baselineOnly(),
                SimulatedPolicies.everyRequestCounts()));
        for (var failureLimit = 0; failureLimit <= 3; failureLimit++) {
            rules.add(argo("99.8 %", SAME_LIMIT, failureLimit));
        }
        rules.add(argo("99 %", COMMON_LIMIT, 0));
        rules.add(argo("99 %", COMMON_LIMIT, 3));
        rules.add(new ArgoThreshold("Argo, 95 % every 5 min, failureLimit 3", 0.95, 3, 5 * MINUTE, HALF_HOUR / 5));
        rules.add(flagger("99 %", COMMON_LIMIT));
        rules.add(flagger("99.8 %", SAME_LIMIT));
        rules.add(new ComparisonScore("Kayenta-style, one look at 60 min", MINUTE, 60, 60, 60));
        rules.add(new ComparisonScore("Kayenta-style, 11 looks from 10 min", MINUTE, 10, 5, 60));
        return rules;
    }

    private static CanaryRule argo(String limit, double leastSuccess, int failureLimit) {
        var name = "Argo, " + limit + ", failureLimit " + failureLimit;
        return new ArgoThreshold(name, leastSuccess, failureLimit, MINUTE, HALF_HOUR);
    }

    private static CanaryRule flagger(String limit, double leastSuccess) {
        return new FlaggerChecks("Flagger, " + limit + ", 5 failed checks", leastSuccess, 5, 5, MINUTE);
    }
}
