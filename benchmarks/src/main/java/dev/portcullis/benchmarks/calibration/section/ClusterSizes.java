package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** T9's idea: false promotions of a canary exactly on the PASS limit, by what the policy says of the groups that errors come in. */
public final class ClusterSizes implements Section {
    private static final int RUNS = 4000;
    private static final int[] SIZES = {1, 5, 10};
    private static final int[] RATES = {5, 50};

    @Override
    public String name() {
        return "cluster sizes";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        var table = new MarkdownTable(
                List.of("errors", "clusterSize", "5 requests/s", "50 requests/s", "claimed", "verdict"));
        for (var clumping : Clumping.values()) {
            for (var size : SIZES) {
                row(runner, results, clumping, size, table);
            }
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private void row(ExperimentRunner runner, Results results, Clumping clumping, int size, MarkdownTable table) {
        var claimed = clumping.largest() <= size;
        var cells = new ArrayList<>(List.of(clumping.label(), "" + size));
        var exceeded = false;
        for (var rate : RATES) {
            var promotions = promotions(runner, clumping, size, rate);
            cells.add(promotions.text());
            if (claimed) {
                var claim = new Claim(
                        name(),
                        "on the PASS limit, " + clumping.label() + ", " + rate + "/s",
                        "PASS, groups of " + size,
                        SimulatedPolicies.BETA,
                        promotions);
                results.claim(claim);
                exceeded |= claim.exceeded();
            }
        }
        cells.addAll(claimed ? List.of("yes", exceeded ? "exceeds" : "ok") : List.of("no", "no guarantee"));
        table.add(cells);
    }

    private static Proportion promotions(ExperimentRunner runner, Clumping clumping, int size, int rate) {
        var rule = SimulatedPolicies.passOnly(size);
        var scenario = Scenario.steady(rate, 0, SimulatedPolicies.SLO_PASS, 0);
        var workload = new Workload("on the PASS limit", scenario, clumping);
        var outcomes = runner.run(
                "cluster sizes " + clumping + " " + size + " " + rate,
                RUNS,
                random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Proportion.of(outcomes, CanaryOutcome::isPromoted);
    }
}
