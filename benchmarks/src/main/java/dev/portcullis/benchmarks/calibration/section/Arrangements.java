package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Pods;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** False aborts of canaries of the same software as their baseline, by how the arms were made: which pods, which clients, which requests. */
public final class Arrangements implements Section {
    private static final int RUNS = 2500;
    private static final double[] RATES = {5, 50, 500};
    private static final int SPELL = 60;

    /** In polls: twice as long as a spell is on average. */
    private static final int LONG_WINDOW = 2 * SPELL / Polls.SECONDS;

    private static final double[] SPREADS = {0.25, 0.5, 1};

    private final CanaryRule rule = SimulatedPolicies.standard();
    private final MarkdownTable table = new MarkdownTable(Stream.concat(
                    Stream.of("what is unlike", "rule"),
                    DoubleStream.of(RATES)
                            .mapToObj(rate -> Aborts.heads(String.format(Locale.ROOT, "%.0f/s", rate)))
                            .flatMap(each -> each))
            .toList());

    @Override
    public String name() {
        return "arrangements";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        row(runner, rate -> HealthyCanaries.asBaseline(rate, Clumping.INDEPENDENT));
        for (var voting : List.of(rule, SimulatedPolicies.standardVotingEvery(LONG_WINDOW))) {
            row(runner, voting, rate -> HealthyCanaries.podSpells(rate, 1, 9, SPELL));
            row(runner, voting, rate -> HealthyCanaries.podSpells(rate, 3, 27, SPELL));
            row(runner, voting, rate -> HealthyCanaries.podSpells(rate, 3, 3, SPELL));
        }
        for (var pods : List.of(new Pods(1, 9, 0), new Pods(3, 27, 0), new Pods(3, 3, 0))) {
            for (var spread : SPREADS) {
                row(runner, rate -> UnequalArms.pods(rate, new Pods(pods.canary(), pods.baseline(), spread)));
            }
        }
        row(runner, UnequalArms::freshBesideOld);
        row(runner, UnequalArms::freshBesideTwins);
        for (var clients : new int[] {20, 100, 1000, 10_000}) {
            row(runner, rate -> UnequalArms.clients(rate, clients));
        }
        row(runner, rate -> UnequalArms.mix(rate, 2));
        row(runner, rate -> UnequalArms.mix(rate, 3));
        results.table(name(), runner.runs(RUNS), table);
    }

    private void row(ExperimentRunner runner, DoubleFunction<Workload> kind) {
        row(runner, rule, kind);
    }

    private void row(ExperimentRunner runner, CanaryRule judged, DoubleFunction<Workload> kind) {
        var cells = new ArrayList<>(List.of(kind.apply(1).name(), judged.name()));
        for (var rate : RATES) {
            var workload = kind.apply(rate);
            var outcomes = runner.run(
                    name() + " " + judged.name() + " " + workload.name() + " " + rate,
                    RUNS,
                    random -> judged.run(workload.sample(random, Polls.HOUR)));
            cells.addAll(Aborts.of(outcomes).cells());
        }
        table.add(cells);
    }
}
