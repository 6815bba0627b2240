package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.judge.Form;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.JudgeRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Latencies;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** T10: canaries whose requests are slower by a factor, by the test at one bucket boundary and by the average over all of them. */
public final class LatencyShifts implements Section {
    private static final int RUNS = 4000;
    private static final double[] RATES = {50, 5000};
    private static final double SPLIT = 9;
    private static final double[] FACTORS = {1, 1.1, 1.25, 1.5, 2};
    private static final List<Integer> BOUNDARIES = List.of(25, 50, 100, 250, 500, 1000, 2500, 5000);

    /** Position of the boundary of 250 ms. */
    private static final int ONE = 3;

    /** All but 25 ms, which more than half of the baseline's requests exceed. */
    private static final List<Integer> MANY = List.of(1, 2, 3, 4, 5, 6, 7);

    private static final Map<String, JudgeRule> TESTS = tests();

    private final MarkdownTable table = new MarkdownTable(List.of(
            "requests/s, factor",
            "slower than 250 ms",
            "votes at 250 ms: aborted",
            "median s",
            "90 % s",
            "votes at all boundaries: aborted",
            "median s",
            "90 % s",
            "requests at all boundaries: aborted",
            "median s",
            "90 % s"));

    @Override
    public String name() {
        return "T10";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var rate : RATES) {
            for (var factor : FACTORS) {
                row(runner, results, rate, factor);
            }
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private static Map<String, JudgeRule> tests() {
        var tests = new LinkedHashMap<String, JudgeRule>();
        tests.put("one boundary", SimulatedPolicies.latency(Form.VOTE, BOUNDARIES.size(), List.of(ONE)));
        tests.put("all boundaries", SimulatedPolicies.latency(Form.VOTE, BOUNDARIES.size(), MANY));
        tests.put("all boundaries request", SimulatedPolicies.latency(Form.COUNT, BOUNDARIES.size(), MANY));
        return tests;
    }

    private void row(ExperimentRunner runner, Results results, double rate, double factor) {
        var row = NumberText.plain(rate) + " x" + NumberText.plain(factor);
        var cells = new ArrayList<>(
                List.of(row, String.format(Locale.ROOT, "%.2f %%", 100 * Latencies.exceeding(250, factor))));
        TESTS.forEach((test, rule) -> {
            var latencies = new Latencies(rate, SPLIT * rate, new double[] {factor}, new double[] {1}, BOUNDARIES);
            var outcomes = runner.run(
                    "T10 " + test + row, RUNS, random -> rule.run(latencies.sample(random, Polls.HOUR, Polls.SECONDS)));
            cells.addAll(cells(results, row, test, outcomes));
            if (factor == 1) {
                var aborts = Proportion.of(outcomes, CanaryOutcome::isAborted);
                results.claim(new Claim(name(), row, test, SimulatedPolicies.ALPHA, aborts));
            }
        });
        table.add(cells);
    }

    private List<String> cells(Results results, String row, String test, List<CanaryOutcome> outcomes) {
        var seconds = outcomes.stream()
                .filter(CanaryOutcome::isAborted)
                .map(CanaryOutcome::seconds)
                .toList();
        var aborts = results.figure(name(), row, test, Proportion.of(outcomes, CanaryOutcome::isAborted));
        var median = results.figure(name(), row, test + " median", Quantile.median(seconds));
        var ninety = results.figure(name(), row, test + " 90 %", Quantile.ninety(seconds));
        return List.of(aborts.text(), median.text(), ninety.text());
    }
}
