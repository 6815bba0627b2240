package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.judge.Form;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.PooledRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.stream.Stream;

/** T5's idea: false aborts of canaries that are exactly as good as the baseline while something happens to both. */
public final class CommonCauses implements Section {
    private static final int RUNS = 4000;
    private static final double RATE = 500;

    private static final List<CanaryRule> RULES = List.of(
            SimulatedPolicies.standard(),
            SimulatedPolicies.breachFails(),
            SimulatedPolicies.baselineOnly(),
            SimulatedPolicies.baseline(Form.VOTE, 2, true),
            SimulatedPolicies.baseline(Form.COUNT, 2, true),
            new PooledRule(
                    "counts of the hour pooled, then compared", SimulatedPolicies.baseline(Form.COUNT, 1, false)));

    @Override
    public String name() {
        return "common causes";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        var heads = List.of(
                "what happens to both arms (500 + 4,500 requests/s)",
                "default policy",
                "sloBreach: fail",
                "baseline limits only",
                "votes against the baseline's ratio",
                "requests against the baseline's ratio",
                "counts of the hour pooled");
        var table = new MarkdownTable(heads);
        var workloads = List.of(
                HealthyCanaries.asBaseline(RATE, Clumping.INDEPENDENT),
                HealthyCanaries.steppingWhileDrifting(RATE, Clumping.INDEPENDENT),
                HealthyCanaries.drifting(RATE, Clumping.INDEPENDENT),
                HealthyCanaries.outage(RATE, 2, Clumping.INDEPENDENT),
                HealthyCanaries.outage(RATE, 10, Clumping.INDEPENDENT));
        for (var workload : workloads) {
            table.add(Stream.concat(
                            Stream.of(workload.name()), RULES.stream().map(rule -> aborts(runner, rule, workload)))
                    .toList());
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private static String aborts(ExperimentRunner runner, CanaryRule rule, Workload workload) {
        // The same runs for all rules.
        var outcomes = runner.run(
                "common causes " + workload.name(), RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Proportion.of(outcomes, CanaryOutcome::isEverAborted).text();
    }
}
