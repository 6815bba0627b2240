package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.workload.BadSpells;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import java.util.List;

/** The canaries that all rules are compared on. */
final class Canaries {
    /** Short names of the good ones, in their order. */
    static final List<String> GOOD_NAMES =
            List.of("independent", "geo5", "burst", "drift", "spells", "outage", "wandering");

    /** So many of the good ones, the first, meet what the default policy's guarantee presumes. */
    static final int WITHIN_GUARANTEE = 4;

    private static final double SPLIT = 9;
    private static final double BAD = 0.005;
    private static final double VERY_BAD = 0.02;
    private static final int ONSET = 4 * 60 / Polls.SECONDS;

    private Canaries() {}

    /** As good as the baseline. */
    static List<Workload> good(double rate) {
        return List.of(
                HealthyCanaries.asBaseline(rate, Clumping.INDEPENDENT),
                HealthyCanaries.asBaseline(rate, Clumping.GEOMETRIC),
                HealthyCanaries.asBaseline(rate, Clumping.BURSTS),
                HealthyCanaries.drifting(rate, Clumping.INDEPENDENT),
                HealthyCanaries.podSpells(rate, 60),
                HealthyCanaries.outage(rate, 2, Clumping.INDEPENDENT),
                HealthyCanaries.wandering(rate));
    }

    /** Worse than any limit: five times the budget or more, beside a baseline of half of it. */
    static List<Workload> bad(double rate) {
        var steady = Scenario.steady(rate, SPLIT * rate, BAD, HealthyCanaries.USUAL);
        var spells = new BadSpells(1, 9, 4, 0.05, VERY_BAD);
        return List.of(
                new Workload("0.5 %; independent", steady, Clumping.INDEPENDENT),
                new Workload("0.5 %; geo5", steady, Clumping.GEOMETRIC),
                new Workload("0.5 %, and pods bad for 60 s", steady.with(spells), Clumping.INDEPENDENT),
                new Workload("0.5 % from minute 4", HealthyCanaries.usual(rate).from(ONSET, BAD), Clumping.INDEPENDENT),
                new Workload(
                        "2 %; independent",
                        Scenario.steady(rate, SPLIT * rate, VERY_BAD, HealthyCanaries.USUAL), Clumping.INDEPENDENT),
                new Workload(
                        "five times the baseline, which drifts 0.1 to 0.2 %",
                        Scenario.steady(rate, SPLIT * rate, 5 * 0.001, 0.001).drifting(progress -> 1 + progress),
                        Clumping.INDEPENDENT));
    }
}
