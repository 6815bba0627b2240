package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;

/** T8: the default policy end to end, from total failures to canaries like the baseline. */
public final class DefaultPolicy implements Section {
    private static final int RUNS = 4000;
    private static final int[] RATES = {1, 50, 5000};
    private static final double[] CANARIES = {0.0005, 0.000875, 0.001, 0.0025, 0.005, 0.01, 0.05, 1};

    private final Rule rule = Policies.standard();
    private final MarkdownTable table = new MarkdownTable(List.of(
            "requests/s of the canary, errors, baseline -> canary",
            "aborted",
            "median s",
            "90 % s",
            "promoted",
            "median s",
            "90 % s",
            "undecided"));

    @Override
    public String name() {
        return "T8";
    }

    @Override
    public void run(Simulation simulation, Results results) {
        var outcomes = new LinkedHashMap<SteadyCanary, List<Outcome>>();
        for (var canary : canaries()) {
            var workload = canary.workload();
            var ended = simulation.run(
                    "T8 " + workload.name(), RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
            outcomes.put(canary, ended);
            row(results, workload.name(), ended);
            claim(results, canary, ended);
        }
        results.table(name(), simulation.runs(RUNS), table);
        results.plot("default-policy.svg", DecisionTimesPlot.of(outcomes));
    }

    private static List<SteadyCanary> canaries() {
        var canaries = new ArrayList<SteadyCanary>();
        for (var rate : RATES) {
            for (var clumping : List.of(Clumping.INDEPENDENT, Clumping.GEOMETRIC)) {
                for (var canary : CANARIES) {
                    canaries.add(new SteadyCanary(rate, clumping, Healthy.USUAL, canary));
                }
                canaries.add(new SteadyCanary(rate, clumping, 0.0015, 0.0015));
                canaries.add(new SteadyCanary(rate, clumping, 0.0015, 0.0075));
                canaries.add(new SteadyCanary(rate, clumping, 0.01, 0.01));
            }
        }
        return canaries;
    }

    private void row(Results results, String row, List<Outcome> outcomes) {
        var cells = new ArrayList<>(List.of(row));
        cells.addAll(side(results, row, "FAIL", outcomes, Outcome::isAborted));
        cells.addAll(side(results, row, "PASS", outcomes, Outcome::isPromoted));
        var undecided = Proportion.of(outcomes, each -> !each.isAborted() && !each.isPromoted());
        cells.add(results.figure(name(), row, "undecided", undecided).text());
        table.add(cells);
    }

    private List<String> side(
            Results results, String row, String side, List<Outcome> outcomes, Predicate<Outcome> ended) {
        var seconds = outcomes.stream().filter(ended).map(Outcome::seconds).toList();
        var part = results.figure(name(), row, side, Proportion.of(outcomes, ended));
        var median = results.figure(name(), row, side + " median", Quantile.median(seconds));
        var ninety = results.figure(name(), row, side + " 90 %", Quantile.ninety(seconds));
        return List.of(part.text(), median.text(), ninety.text());
    }

    /** A canary within both FAIL limits must not be aborted, one beyond a PASS limit must not be promoted. */
    private void claim(Results results, SteadyCanary canary, List<Outcome> outcomes) {
        var workload = canary.workload().name();
        if (canary.isWithinLimits()) {
            var aborts = Proportion.of(outcomes, Outcome::isAborted);
            results.claim(new Claim(name(), workload, "aborted", Policies.ALPHA, aborts));
        }
        if (canary.isBeyondPassLimits() && canary.clumping().largest() <= Policies.CLUSTER) {
            var promotions = Proportion.of(outcomes, Outcome::isPromoted);
            results.claim(new Claim(name(), workload, "promoted", Policies.BETA, promotions));
        }
    }
}
