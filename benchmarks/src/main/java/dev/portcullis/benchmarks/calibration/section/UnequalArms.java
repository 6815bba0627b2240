package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.workload.Clients;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Pods;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.kit.text.NumberText;
import java.util.Locale;

/**
 * Canaries of the same software as their baseline, that have other pods, other clients or other requests. Ratios of bad requests are 0.05 % on average, rates in requests
 * of the canary per second, the split is that of the pods or 1:9.
 */
final class UnequalArms {
    private static final double SPLIT = 9;

    /** What fresh pods have to do once makes requests fail that are ordinary later: so many times as often, less by a factor of e every ten minutes. */
    private static final double FRESH = 4;

    private static final double TEN_MINUTES = 1.0 / 6;

    private UnequalArms() {}

    static Workload pods(double rate, Pods pods) {
        var name = String.format(
                Locale.ROOT,
                "pods differ for good, spread %s; %d beside %d",
                NumberText.plain(pods.deviation()),
                pods.canary(),
                pods.baseline());
        var scenario = HealthyCanaries.usual(rate, (double) pods.baseline() / pods.canary());
        return new Workload(name, scenario.inEachRun(pods::errors), Clumping.INDEPENDENT);
    }

    static Workload clients(double rate, int number) {
        var clients = new Clients(number, 1, 1 / (1 + SPLIT));
        var name = String.format(Locale.ROOT, "split by user, %,d clients, spread 1", number);
        return new Workload(name, HealthyCanaries.usual(rate).inEachRun(clients::errors), Clumping.INDEPENDENT);
    }

    /** Other routes, tenants or countries, whose requests are bad {@code factor} times as often with either version. */
    static Workload mix(double rate, double factor) {
        var scenario = Scenario.steady(rate, SPLIT * rate, factor * HealthyCanaries.USUAL, HealthyCanaries.USUAL);
        var name = "a mix of requests that fails " + NumberText.plain(factor) + " times as often";
        return new Workload(name, scenario, Clumping.INDEPENDENT);
    }

    static Workload freshBesideOld(double rate) {
        var scenario = HealthyCanaries.usual(rate).canaryDrifting(UnequalArms::ofFreshPods);
        return new Workload("fresh pods beside old ones", scenario, Clumping.INDEPENDENT);
    }

    static Workload freshBesideTwins(double rate) {
        var scenario = HealthyCanaries.usual(rate, 1).drifting(UnequalArms::ofFreshPods);
        return new Workload("fresh pods beside twins, 3 beside 3", scenario, Clumping.INDEPENDENT);
    }

    private static double ofFreshPods(double progress) {
        return 1 + FRESH * Math.exp(-progress / TEN_MINUTES);
    }
}
