package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Cuts;
import dev.portcullis.benchmarks.calibration.rule.JudgeRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Latencies;
import dev.portcullis.benchmarks.calibration.workload.Pods;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** False aborts of a latency objective when pods of the same software are faster and slower ones. */
public final class PodSpeeds implements Section {
    private static final int RUNS = 2500;
    private static final double[] RATES = {50, 500};
    private static final List<Integer> BOUNDARIES = List.of(25, 50, 100, 250, 500, 1000, 2500, 5000);

    /** The objective is about 500 ms; compared is at all boundaries but 25 ms, which more than half of the requests exceed. */
    private static final Cuts CUTS = new Cuts(BOUNDARIES.size(), 4, 4, List.of(1, 2, 3, 4, 5, 6, 7));

    private final JudgeRule rule = SimulatedPolicies.latencyObjective(CUTS);
    private final MarkdownTable table = new MarkdownTable(List.of(
            "pods differ in speed",
            "50/s: before a decision",
            "50/s: ever",
            "500/s: before a decision",
            "500/s: ever"));

    @Override
    public String name() {
        return "pod speeds";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var spread : new double[] {0, 0.1, 0.2}) {
            row(runner, new Pods(1, 9, spread));
            row(runner, new Pods(3, 27, spread));
            row(runner, new Pods(3, 3, spread));
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private void row(ExperimentRunner runner, Pods pods) {
        var row = "spread " + NumberText.plain(pods.deviation()) + "; " + pods.canary() + " beside " + pods.baseline();
        var cells = new ArrayList<>(List.of(row));
        for (var rate : RATES) {
            var outcomes =
                    runner.run(name() + " " + row + " " + rate, RUNS, random -> rule.run(windows(random, pods, rate)));
            cells.addAll(Aborts.of(outcomes).cells());
        }
        table.add(cells);
    }

    private List<Observation> windows(UniformRandomProvider random, Pods pods, double rate) {
        var baselineRate = rate * pods.baseline() / pods.canary();
        var canary = pods.factors(random, pods.canary());
        var baseline = pods.factors(random, pods.baseline());
        return new Latencies(rate, baselineRate, canary, baseline, BOUNDARIES)
                .sample(random, Polls.HOUR / rule.windowPolls(), rule.windowPolls() * Polls.SECONDS);
    }
}
