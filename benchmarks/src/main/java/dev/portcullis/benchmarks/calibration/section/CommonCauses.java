package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.judge.Form;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Pooled;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
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

    private static final List<Rule> RULES = List.of(
            Policies.standard(),
            Policies.breachFails(),
            Policies.baselineOnly(),
            Policies.baseline(Form.VOTE, 2, true),
            Policies.baseline(Form.COUNT, 2, true),
            new Pooled("counts of the hour pooled, then compared", Policies.baseline(Form.COUNT, 1, false)));

    @Override
    public String name() {
        return "common causes";
    }

    @Override
    public void run(Simulation simulation, Results results) {
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
                Healthy.asBaseline(RATE, Clumping.INDEPENDENT),
                Healthy.steppingWhileDrifting(RATE, Clumping.INDEPENDENT),
                Healthy.drifting(RATE, Clumping.INDEPENDENT),
                Healthy.outage(RATE, 2, Clumping.INDEPENDENT),
                Healthy.outage(RATE, 10, Clumping.INDEPENDENT));
        for (var workload : workloads) {
            table.add(Stream.concat(
                            Stream.of(workload.name()), RULES.stream().map(rule -> aborts(simulation, rule, workload)))
                    .toList());
        }
        results.table(name(), simulation.runs(RUNS), table);
    }

    private static String aborts(Simulation simulation, Rule rule, Workload workload) {
        // The same runs for all rules.
        var outcomes = simulation.run(
                "common causes " + workload.name(), RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Proportion.of(outcomes, Outcome::isEverAborted).text();
    }
}
