package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.judge.Form;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
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
import java.util.List;

/** T6: seconds from the beginning of a regression in the middle of the hour to the abort, with and without spreading its possible start. */
public final class LateOnset implements Section {
    private static final int RUNS = 4000;
    private static final int ONSET = Polls.HOUR / 2;
    private static final double BEFORE = 0.001;

    private final MarkdownTable table = new MarkdownTable(List.of(
            "test, requests/s, change",
            "plain: median s",
            "plain: 90 % s",
            "plain: not aborted",
            "late onset: median s",
            "late onset: 90 % s",
            "late onset: not aborted"));

    @Override
    public String name() {
        return "T6";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        change(runner, results, 50, 0.005);
        change(runner, results, 50, 0.01);
        change(runner, results, 5000, 0.002);
        change(runner, results, 5000, 0.01);
        results.table(name(), runner.runs(RUNS), table);
    }

    private void change(ExperimentRunner runner, Results results, int rate, double after) {
        for (var form : new Form[] {Form.COUNT, Form.VOTE}) {
            add(runner, results, "SLO", form, rate, after);
        }
        for (var form : new Form[] {Form.COUNT, Form.VOTE}) {
            add(runner, results, "baseline", form, rate, after);
        }
    }

    private void add(ExperimentRunner runner, Results results, String test, Form form, int rate, double after) {
        var row = test + " " + SimulatedPolicies.label(form) + " " + rate + " " + NumberText.percent(BEFORE, 6) + " -> "
                + NumberText.percent(after, 6);
        var scenario = Scenario.steady(rate, rate, BEFORE, BEFORE).from(ONSET, after);
        var workload = new Workload(row, scenario, Clumping.INDEPENDENT);
        var plain = seconds(runner, rule(test, form, false), workload, "plain");
        var late = seconds(runner, rule(test, form, true), workload, "late");
        table.add(List.of(
                row,
                results.figure(name(), row, "plain median", Quantile.median(plain))
                        .text(),
                results.figure(name(), row, "plain 90 %", Quantile.ninety(plain))
                        .text(),
                missed(plain).text(),
                results.figure(name(), row, "late onset median", Quantile.median(late))
                        .text(),
                results.figure(name(), row, "late onset 90 %", Quantile.ninety(late))
                        .text(),
                missed(late).text()));
    }

    private static JudgeRule rule(String test, Form form, boolean lateOnset) {
        return test.equals("SLO")
                ? SimulatedPolicies.slo(form, BEFORE, 1, lateOnset)
                : SimulatedPolicies.baseline(form, 1, lateOnset);
    }

    /** Infinite without an abort; the few canaries that are aborted before the change are left out. */
    private static List<Double> seconds(ExperimentRunner runner, JudgeRule rule, Workload workload, String mixture) {
        return runner
                .run("T6 " + mixture + workload.name(), RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)))
                .stream()
                .filter(outcome -> !outcome.isAborted() || outcome.seconds() > ONSET * Polls.SECONDS)
                .map(LateOnset::sinceOnset)
                .toList();
    }

    private static double sinceOnset(CanaryOutcome outcome) {
        return outcome.isAborted() ? outcome.seconds() - ONSET * Polls.SECONDS : Double.POSITIVE_INFINITY;
    }

    private static Proportion missed(List<Double> seconds) {
        return Proportion.of(seconds, each -> each.isInfinite());
    }
}
