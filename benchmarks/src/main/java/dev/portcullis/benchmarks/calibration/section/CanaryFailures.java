package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;

/** How soon a canary is aborted that fails alone, by what {@code sloBreach} makes of a breach. */
public final class CanaryFailures implements Section {
    private static final int RUNS = 2000;
    private static final double[] RATIOS = {1, 0.02, 0.005, 5 * HealthyCanaries.USUAL};
    private static final double[] SPLITS = {9, 1};
    private static final double[] RATES = {5, 50, 500};
    private static final double LATE_RATE = 50;

    /** In polls; a failure that begins late begins between these. */
    private static final double EARLIEST = Polls.HOUR / 6.0;

    private static final double LATEST = Polls.HOUR / 2.0;

    private final List<CanaryRule> rules = SimulatedPolicies.breaches();
    private final MarkdownTable table = new MarkdownTable(Stream.concat(
                    Stream.of("the canary fails", "split", "requests/s"),
                    rules.stream()
                            .map(CanaryRule::name)
                            .flatMap(each -> Stream.of(each + ": ever aborted", "median s", "90 % s")))
            .toList());

    @Override
    public String name() {
        return "canary failures";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var ratio : RATIOS) {
            for (var split : SPLITS) {
                for (var rate : RATES) {
                    row(runner, ratio, split, rate, false);
                }
            }
        }
        for (var ratio : RATIOS) {
            for (var split : SPLITS) {
                row(runner, ratio, split, LATE_RATE, true);
            }
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private void row(ExperimentRunner runner, double ratio, double split, double rate, boolean late) {
        var row = NumberText.percent(ratio, 6) + (late ? " from a random moment on" : " from the start");
        var runs = runner.run(
                name() + " " + row + " " + split + " " + rate,
                RUNS,
                random -> run(random, ratio, split, rate, late ? onset(random) : 0));
        var cells = new ArrayList<>(List.of(row, "1:" + NumberText.plain(split), NumberText.plain(rate)));
        for (var i = 0; i < rules.size(); i++) {
            cells.addAll(cells(i, runs));
        }
        table.add(cells);
    }

    private static double onset(UniformRandomProvider random) {
        return EARLIEST + random.nextDouble() * (LATEST - EARLIEST);
    }

    private Run run(UniformRandomProvider random, double ratio, double split, double rate, double onset) {
        var scenario = HealthyCanaries.usual(rate, split).from(onset, ratio);
        var polls = new Workload("the canary fails", scenario, Clumping.INDEPENDENT).sample(random, Polls.HOUR);
        return new Run(onset, rules.stream().map(rule -> rule.run(polls)).toList());
    }

    /** The few canaries that are aborted before they fail are left out. */
    private static List<String> cells(int rule, List<Run> runs) {
        var seconds = runs.stream()
                .map(run -> run.secondsToAbort(rule))
                .filter(each -> each > 0)
                .toList();
        var finite = seconds.stream().filter(Double::isFinite).toList();
        return List.of(
                Proportion.of(seconds, Double::isFinite).text(),
                Quantile.median(finite).text(),
                Quantile.ninety(finite).text());
    }

    /**
     * A canary that failed.
     *
     * @param onset of the failure, in polls from the start of the run
     * @param outcomes by the rules
     */
    private record Run(double onset, List<CanaryOutcome> outcomes) {
        /** From the onset; infinite without an abort. */
        double secondsToAbort(int rule) {
            var at = outcomes.get(rule).abortedAt();
            return at.isPresent() ? at.getAsInt() - onset * Polls.SECONDS : Double.POSITIVE_INFINITY;
        }
    }
}
