package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.judge.Form;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.plot.Axis;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.calibration.plot.Series;
import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.JudgeRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** T4: false aborts of a canary that is exactly as good as it must be, looked at every 15 s for an hour, by the groups its errors come in. */
public final class ClumpedErrors implements Section {
    private static final int RUNS = 4000;
    private static final double[] RATIOS = {0.001, 0.01};

    /** Of the marks of one series against those of the next. */
    private static final double SHIFT = 0.12;

    private final MarkdownTable table = new MarkdownTable(Stream.concat(
                    Stream.of("test, requests/s, error ratio"),
                    Stream.concat(Stream.of(Clumping.values()).map(Clumping::label), Stream.of("verdict")))
            .toList());
    private final List<Series> drawn = new ArrayList<>();

    @Override
    public String name() {
        return "T4";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        test(runner, results, "SLO", 0);
        test(runner, results, "baseline 1:1", 1);
        test(runner, results, "baseline 1:9", 9);
        results.table(name(), runner.runs(RUNS), table);
        var clumps = Stream.of(Clumping.values()).map(Clumping::label).toList();
        results.plot(
                "clumped-errors.svg",
                new Plot(
                        "False aborts of a healthy canary within an hour (50 requests/s, 0.1 % errors)",
                        Axis.names("how errors come", clumps),
                        Axis.chances("part of runs aborted"),
                        drawn,
                        SimulatedPolicies.ALPHA,
                        "alpha = 1 %"));
    }

    private void test(ExperimentRunner runner, Results results, String test, int split) {
        for (var ratio : RATIOS) {
            row(runner, results, test, split, Form.COUNT, 50, ratio);
        }
        for (var rate : new int[] {50, 1000}) {
            for (var ratio : RATIOS) {
                row(runner, results, test, split, Form.VOTE, rate, ratio);
            }
        }
    }

    private void row(
            ExperimentRunner runner, Results results, String test, int split, Form form, int rate, double ratio) {
        var formName = SimulatedPolicies.label(form);
        var row = test + " " + formName + " " + rate + " " + NumberText.percent(ratio, 6);
        var rule = split == 0 ? SimulatedPolicies.slo(form, ratio, 1, true) : SimulatedPolicies.baseline(form, 1, true);
        var series = Series.dots(test + ", " + formName);
        var cells = new ArrayList<>(List.of(row));
        var verdicts = new ArrayList<String>();
        for (var clumping : Clumping.values()) {
            var workload = new Workload(row, Scenario.steady(rate, rate * (double) split, ratio, ratio), clumping);
            var aborts = results.figure(name(), row, clumping.label(), aborts(runner, rule, workload));
            cells.add(aborts.text());
            series.add(Point.of(clumping.ordinal() + SHIFT * (drawn.size() - 2.5), aborts.value(), aborts.error()));
            if (form == Form.VOTE || clumping == Clumping.INDEPENDENT) {
                var claim =
                        new Claim(name(), row + ", " + clumping.label(), rule.name(), SimulatedPolicies.ALPHA, aborts);
                results.claim(claim);
                verdicts.add(claim.verdict());
            }
        }
        cells.add(verdict(form, verdicts));
        table.add(cells);
        if (rate == 50 && ratio == RATIOS[0]) {
            drawn.add(series);
        }
    }

    private static String verdict(Form form, List<String> verdicts) {
        var worst = verdicts.contains("exceeds") ? "exceeds" : "ok";
        return form == Form.VOTE ? worst : "independent " + worst + ", else not claimed";
    }

    private static Proportion aborts(ExperimentRunner runner, JudgeRule rule, Workload workload) {
        var experiment = "T4 " + workload.name() + " " + workload.canary();
        var outcomes = runner.run(experiment, RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Proportion.of(outcomes, CanaryOutcome::isAborted);
    }
}
