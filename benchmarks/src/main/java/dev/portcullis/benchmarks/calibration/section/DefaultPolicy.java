package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.plot.Axis;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.calibration.plot.Series;
import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** T8: the default policy end to end, from total failures to canaries like the baseline. */
public final class DefaultPolicy implements Section {
    private static final int RUNS = 4000;
    private static final int[] RATES = {1, 50, 5000};
    private static final double USUAL = 0.0005;
    private static final double[][] RATIOS = {
        {USUAL, 0.0005},
        {USUAL, 0.000875},
        {USUAL, 0.001},
        {USUAL, 0.0025},
        {USUAL, 0.005},
        {USUAL, 0.01},
        {USUAL, 0.05},
        {USUAL, 1},
        {0.0015, 0.0015},
        {0.0015, 0.0075},
        {0.01, 0.01}
    };

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
    private final List<Series> drawn = new ArrayList<>();

    @Override
    public String name() {
        return "T8";
    }

    @Override
    public void run(Simulation simulation, Results results) {
        for (var rate : RATES) {
            rows(simulation, results, rate, Clumping.INDEPENDENT);
            rows(simulation, results, rate, Clumping.GEOMETRIC);
        }
        results.table(name(), simulation.runs(RUNS), table);
        results.plot(
                "default-policy.svg",
                new Plot(
                        "Default policy: median time to a decision (independent errors, baseline 0.05 %)",
                        Axis.logarithmic("canary's error ratio, %", 0.04, 120, 0.05, 0.1, 0.25, 0.5, 1, 5, 100),
                        Axis.logarithmic("minutes", 0.5, 60, 0.5, 1, 2, 5, 10, 20, 60),
                        drawn,
                        Double.NaN,
                        ""));
    }

    private void rows(Simulation simulation, Results results, int rate, Clumping clumping) {
        var aborts = Series.line("aborted, at " + rate + "/s");
        var promotions = Series.line("promoted, at " + rate + "/s");
        for (var ratios : RATIOS) {
            var row = rate + " " + clumping.label() + " " + Percent.of(ratios[0]) + " -> " + Percent.of(ratios[1]);
            var scenario = Scenario.steady(rate, 9.0 * rate, ratios[1], ratios[0]);
            var workload = new Workload(row, scenario, clumping);
            var outcomes = simulation.run("T8 " + row, RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
            row(results, row, outcomes);
            claim(results, row, ratios, clumping, outcomes);
            if (ratios[0] == USUAL) {
                draw(
                        aborts,
                        100 * ratios[1],
                        outcomes.stream().filter(Outcome::isAborted).toList(),
                        outcomes.size());
                draw(
                        promotions,
                        100 * ratios[1],
                        outcomes.stream().filter(Outcome::isPromoted).toList(),
                        outcomes.size());
            }
        }
        if (clumping == Clumping.INDEPENDENT) {
            Stream.of(aborts, promotions)
                    .filter(series -> !series.points().isEmpty())
                    .forEach(drawn::add);
        }
    }

    /** A canary within both FAIL limits must not be aborted, one beyond a PASS limit must not be promoted. */
    private void claim(Results results, String row, double[] ratios, Clumping clumping, List<Outcome> outcomes) {
        if (ratios[1] <= Math.min(Policies.SLO_FAIL, Policies.baselineFail(ratios[0]))) {
            var aborts = Proportion.of(outcomes, Outcome::isAborted);
            results.claim(new Claim(name(), row, "aborted", Policies.ALPHA, aborts));
        }
        if (ratios[1] >= Math.min(Policies.SLO_PASS, Policies.baselinePass(ratios[0]))
                && clumping.largest() <= Policies.CLUSTER) {
            var promotions = Proportion.of(outcomes, Outcome::isPromoted);
            results.claim(new Claim(name(), row, "promoted", Policies.BETA, promotions));
        }
    }

    /** A point for what becomes of every other run or more. */
    private static void draw(Series series, double percent, List<Outcome> decided, int runs) {
        if (2 * decided.size() >= runs) {
            var median = Quantile.median(decided.stream().map(Outcome::seconds).toList());
            series.add(Point.of(percent, median.value() / 60, median.error() / 60));
        }
    }

    private void row(Results results, String row, List<Outcome> outcomes) {
        var cells = new ArrayList<>(List.of(row));
        side(
                results,
                row,
                "FAIL",
                outcomes,
                outcomes.stream().filter(Outcome::isAborted).toList(),
                cells);
        side(
                results,
                row,
                "PASS",
                outcomes,
                outcomes.stream().filter(Outcome::isPromoted).toList(),
                cells);
        var undecided = Proportion.of(outcomes, each -> !each.isAborted() && !each.isPromoted());
        cells.add(results.figure(name(), row, "undecided", undecided).text());
        table.add(cells);
    }

    private void side(
            Results results, String row, String side, List<Outcome> all, List<Outcome> some, List<String> cells) {
        var seconds = some.stream().map(Outcome::seconds).toList();
        cells.add(results.figure(name(), row, side, new Proportion(some.size(), all.size()))
                .text());
        cells.add(results.figure(name(), row, side + " median", Quantile.median(seconds))
                .text());
        cells.add(results.figure(name(), row, side + " 90 %", Quantile.ninety(seconds))
                .text());
    }
}
