package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/** T8: the default policy end to end, from total failures to canaries like the baseline. */
public final class DefaultPolicy implements Section {
    private static final int RUNS = 3000;
    private static final int[] RATES = {1, 50, 5000};
    private static final double[] CANARIES = {0.0005, 0.000875, 0.001, 0.0025, 0.005, 0.01, 0.05, 1};

    private final CanaryRule rule = SimulatedPolicies.standard();

    /** The default of the independent implementation, whose figures are of first decisions. */
    private final CanaryRule independent = SimulatedPolicies.breachFails();

    private final MarkdownTable table = new MarkdownTable(List.of(
            "requests/s of the canary, errors, baseline -> canary",
            "aborted",
            "median s",
            "90 % s",
            "promoted",
            "median s",
            "90 % s",
            "undecided",
            "ever aborted"));

    @Override
    public String name() {
        return "T8";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        var outcomes = new LinkedHashMap<SteadyCanary, List<CanaryOutcome>>();
        for (var canary : canaries()) {
            var workload = canary.workload();
            var ended = runner.run("T8 " + workload.name(), RUNS, random -> {
                var polls = workload.sample(random, Polls.HOUR);
                return List.of(rule.run(polls), independent.run(polls));
            });
            var byDefault = ended.stream().map(List::getFirst).toList();
            outcomes.put(canary, byDefault);
            row(workload.name(), byDefault);
            figures(results, workload.name(), ended.stream().map(List::getLast).toList());
            claim(results, canary, byDefault);
        }
        results.table(name(), runner.runs(RUNS), table);
        results.plot("default-policy.svg", DecisionTimesPlot.of(outcomes));
    }

    private static List<SteadyCanary> canaries() {
        var canaries = new ArrayList<SteadyCanary>();
        for (var rate : RATES) {
            for (var clumping : List.of(Clumping.INDEPENDENT, Clumping.GEOMETRIC)) {
                for (var canary : CANARIES) {
                    canaries.add(new SteadyCanary(rate, clumping, HealthyCanaries.USUAL, canary));
                }
                canaries.add(new SteadyCanary(rate, clumping, 0.0015, 0.0015));
                canaries.add(new SteadyCanary(rate, clumping, 0.0015, 0.0075));
                canaries.add(new SteadyCanary(rate, clumping, 0.01, 0.01));
            }
        }
        return canaries;
    }

    private void row(String row, List<CanaryOutcome> outcomes) {
        var cells = new ArrayList<>(List.of(row));
        cells.addAll(side(outcomes, CanaryOutcome::isAborted));
        cells.addAll(side(outcomes, CanaryOutcome::isPromoted));
        cells.add(undecided(outcomes).text());
        cells.add(Aborts.of(outcomes).ever().text());
        table.add(cells);
    }

    private static List<String> side(List<CanaryOutcome> outcomes, Predicate<CanaryOutcome> ended) {
        var seconds = seconds(outcomes, ended);
        return List.of(
                Proportion.of(outcomes, ended).text(),
                Quantile.median(seconds).text(),
                Quantile.ninety(seconds).text());
    }

    private void figures(Results results, String row, List<CanaryOutcome> outcomes) {
        figures(results, row, "FAIL", outcomes, CanaryOutcome::isAborted);
        figures(results, row, "PASS", outcomes, CanaryOutcome::isPromoted);
        results.figure(name(), row, "undecided", undecided(outcomes));
    }

    private void figures(
            Results results, String row, String side, List<CanaryOutcome> outcomes, Predicate<CanaryOutcome> ended) {
        var seconds = seconds(outcomes, ended);
        results.figure(name(), row, side, Proportion.of(outcomes, ended));
        results.figure(name(), row, side + " median", Quantile.median(seconds));
        results.figure(name(), row, side + " 90 %", Quantile.ninety(seconds));
    }

    private static Proportion undecided(List<CanaryOutcome> outcomes) {
        return Proportion.of(outcomes, each -> !each.isAborted() && !each.isPromoted());
    }

    private static List<Integer> seconds(List<CanaryOutcome> outcomes, Predicate<CanaryOutcome> ended) {
        return outcomes.stream().filter(ended).map(CanaryOutcome::seconds).toList();
    }

    /** A canary within both FAIL limits must not be aborted, one beyond a PASS limit must not be promoted. */
    private void claim(Results results, SteadyCanary canary, List<CanaryOutcome> outcomes) {
        var workload = canary.workload().name();
        if (canary.isWithinLimits()) {
            var aborts = Aborts.of(outcomes).ever();
            results.claim(new Claim(name(), workload, "ever aborted", SimulatedPolicies.ALPHA, aborts));
        }
        if (canary.isBeyondPassLimits() && canary.clumping().largest() <= SimulatedPolicies.CLUSTER) {
            var promotions = Proportion.of(outcomes, CanaryOutcome::isPromoted);
            results.claim(new Claim(name(), workload, "promoted", SimulatedPolicies.BETA, promotions));
        }
    }
}
