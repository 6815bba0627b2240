package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.workload.AutoregressiveRatio;
import dev.portcullis.benchmarks.calibration.workload.BadSpells;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.kit.text.NumberText;

/** Canaries that are within the default limits at all times, and those of which chance makes something else. Split 1:9, rates in requests of the canary per second. */
final class HealthyCanaries {
    /** Ratio of bad requests of an ordinary day, half of the budget. */
    static final double USUAL = 0.0005;

    private static final double SPLIT = 9;

    /** A canary at 0.2 % beside a baseline of 0.14 % is exactly on both default limits. */
    private static final double EDGE_BASELINE = 0.0014;

    private static final double SPELL_SHARE = 0.05;
    private static final double SPELL_RATIO = 0.02;
    private static final double OUTAGE_RATIO = 0.05;

    private HealthyCanaries() {}

    static Scenario usual(double rate) {
        return usual(rate, SPLIT);
    }

    /** With {@code split} times the canary's requests for the baseline. */
    static Scenario usual(double rate, double split) {
        return Scenario.steady(rate, split * rate, USUAL, USUAL);
    }

    static Workload asBaseline(double rate, Clumping clumping) {
        return new Workload("as the baseline, 0.05 %; " + clumping.label(), usual(rate), clumping);
    }

    static Workload onBothLimits(double rate, Clumping clumping) {
        var scenario = Scenario.steady(rate, SPLIT * rate, SimulatedPolicies.SLO_FAIL, EDGE_BASELINE);
        return new Workload("exactly on both limits, 0.14 % -> 0.2 %; " + clumping.label(), scenario, clumping);
    }

    /** Both arms drift from 0.02 to 0.18 % of bad requests while the canary is given more traffic: the ground of Simpson's paradox. */
    static Workload steppingWhileDrifting(double rate, Clumping clumping) {
        var scenario = Scenario.steady(rate, SPLIT * rate, 0.0002, 0.0002)
                .drifting(progress -> Math.pow(3, (int) (progress * 3)))
                .stepping(0.1, 0.25, 0.5);
        return new Workload(
                "weights 10, 25, 50 % while both drift 0.02, 0.06, 0.18 %; " + clumping.label(), scenario, clumping);
    }

    static Workload drifting(double rate, Clumping clumping) {
        var scenario = Scenario.steady(rate, SPLIT * rate, 0.0001, 0.0001)
                .drifting(progress -> 2 + 17 * Math.sin(Math.PI * progress));
        return new Workload("both drift 0.02 to 0.19 % and back; " + clumping.label(), scenario, clumping);
    }

    /** Pods, one of the canary's and nine of the baseline's, that fail 2 % for a while now and then, from any moment to any other; 0.15 % on average. */
    static Workload podSpells(double rate, int seconds) {
        return podSpells(rate, 1, 9, seconds);
    }

    /** Likewise, with other numbers of pods. */
    static Workload podSpells(double rate, int canaryPods, int baselinePods, int seconds) {
        var polls = (double) seconds / Polls.SECONDS;
        var spells = new BadSpells(canaryPods, baselinePods, polls, SPELL_SHARE, SPELL_RATIO);
        var scenario = usual(rate, (double) baselinePods / canaryPods).with(spells);
        return new Workload(
                "single pods bad for " + seconds + " s; " + canaryPods + " beside " + baselinePods,
                scenario,
                Clumping.INDEPENDENT);
    }

    static Workload armSpells(double rate, int seconds) {
        var spells = new BadSpells(1, 1, (double) seconds / Polls.SECONDS, SPELL_SHARE, SPELL_RATIO);
        return new Workload("a whole arm bad for " + seconds + " s", usual(rate).with(spells), Clumping.INDEPENDENT);
    }

    /** Each arm for itself, autocorrelated as time series of services are; on average 0.1 %, above 0.2 % for 7 % of the time. */
    static Workload wandering(double rate) {
        var scenario = Scenario.steady(rate, SPLIT * rate, 0.001, 0.001).wandering(new AutoregressiveRatio(0.7, 0.6));
        return new Workload("each arm wanders about 0.1 % by itself", scenario, Clumping.INDEPENDENT);
    }

    static Workload outage(double rate, int minutes, Clumping clumping) {
        return outage(rate, SPLIT, minutes, OUTAGE_RATIO, clumping);
    }

    /** Something that both arms need fails, from a random moment on. */
    static Workload outage(double rate, double split, int minutes, double ratio, Clumping clumping) {
        var scenario = usual(rate, split).withOutage(minutes * 60.0 / Polls.SECONDS, ratio);
        return new Workload(
                "both arms fail " + NumberText.percent(ratio, 6) + " for " + minutes + " min; " + clumping.label(),
                scenario,
                clumping);
    }

    /** The same mean as the baseline, but many small groups where the baseline has few large ones. */
    static Workload otherClumps(double rate) {
        var scenario = Scenario.steady(rate, SPLIT * rate, 0.0015, 0.0015);
        return new Workload(
                "0.15 %, independent beside a baseline with bursts", scenario, Clumping.INDEPENDENT, Clumping.BURSTS);
    }
}
