package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.ExactFigure;
import dev.portcullis.benchmarks.calibration.figure.Mean;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.List;

/** T1: how many requests a bad canary needs before the request-level test aborts it, looked at after every request. */
public final class RequestsToAbort implements Section {
    private static final int RUNS = 4000;
    private static final int MOST_BAD = 100_000;
    private static final int PLANNED_BAD = 1500;
    private static final double STRICT = -Math.log(0.01);
    private static final double LOOSE = -Math.log(0.05);
    private static final double[][] SLO = {
        {0.001, 0.0015, 0.002, 0.005, 0.01, 0.05},
        {0.01, 0.02, 0.05}
    };
    private static final double[][] BASELINE = {
        {0.001, 0.002, 0.005, 0.01, 0.05},
        {0.01, 0.02, 0.05}
    };

    private final MarkdownTable table = new MarkdownTable(List.of(
            "test and truth",
            "bound",
            "median",
            "90 %",
            "mean / bound",
            "median, late onset",
            "90 %, late onset",
            "not aborted"));

    @Override
    public String name() {
        return "T1";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var limits : SLO) {
            for (var i = 1; i < limits.length; i++) {
                var row = "SLO " + NumberText.percent(limits[0], 6) + " -> " + NumberText.percent(limits[i], 6);
                add(
                        runner,
                        results,
                        row,
                        ContinuousLooking.slo(limits[0], limits[i]),
                        Information.slo(limits[i], limits[0]));
            }
        }
        for (var ratios : BASELINE) {
            for (var i = 1; i < ratios.length; i++) {
                baseline(runner, results, ratios[0], ratios[i], "1:1", 0.5);
                baseline(runner, results, ratios[0], ratios[i], "1:9", 0.1);
            }
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private void baseline(
            ExperimentRunner runner, Results results, double baseline, double canary, String split, double share) {
        var row = "baseline " + NumberText.percent(baseline, 6) + " " + split + " -> " + NumberText.percent(canary, 6);
        var looking = ContinuousLooking.baseline(share, canary, baseline);
        add(runner, results, row, looking, Information.baseline(share, canary, baseline));
    }

    private void add(
            ExperimentRunner runner, Results results, String row, ContinuousLooking looking, double information) {
        var plain = runner.run("T1 " + row, RUNS, random -> looking.requests(random, 0, MOST_BAD, LOOSE, STRICT));
        var late =
                runner.run("T1 late " + row, RUNS, random -> looking.requests(random, PLANNED_BAD, MOST_BAD, STRICT));
        var strict = plain.stream().map(each -> each[1]).toList();
        var loose = plain.stream().map(each -> each[0]).toList();
        var spread = late.stream().map(each -> each[0]).toList();
        results.figure(name(), row, "bound at 0.05", new ExactFigure(LOOSE / information));
        results.figure(name(), row, "median at 0.05", Quantile.median(loose));
        results.figure(name(), row, "90 % at 0.05", Quantile.ninety(loose));
        table.add(List.of(
                row,
                results.figure(name(), row, "bound at 0.01", new ExactFigure(STRICT / information))
                        .text(),
                results.figure(name(), row, "median at 0.01", Quantile.median(strict))
                        .text(),
                results.figure(name(), row, "90 % at 0.01", Quantile.ninety(strict))
                        .text(),
                results.figure(name(), row, "mean/bound at 0.01", Mean.of(strict, STRICT / information))
                        .text(),
                results.figure(name(), row, "late onset median", Quantile.median(spread))
                        .text(),
                results.figure(name(), row, "late onset 90 %", Quantile.ninety(spread))
                        .text(),
                Proportion.of(strict, each -> each.isInfinite()).text()));
    }
}
