package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules before the same runs.
 *
 * @param rules in their order
 * @param outcomes by workload, of each run what each rule made of it
 */
record Contest(List<CanaryRule> rules, Map<Workload, List<List<CanaryOutcome>>> outcomes) {
    static Contest of(
            ExperimentRunner runner, String experiment, int runs, List<CanaryRule> rules, List<Workload> workloads) {
        var outcomes = new LinkedHashMap<Workload, List<List<CanaryOutcome>>>();
        for (var workload : workloads) {
            outcomes.put(workload, runner.run(experiment + " " + workload.name(), runs, random -> {
                var polls = workload.sample(random, Polls.HOUR);
                return rules.stream().map(rule -> rule.run(polls)).toList();
            }));
        }
        return new Contest(rules, outcomes);
    }

    List<Workload> workloads() {
        return List.copyOf(outcomes.keySet());
    }

    /** What a rule made of all runs of some workloads. */
    List<CanaryOutcome> of(CanaryRule rule, List<Workload> workloads) {
        var at = rules.indexOf(rule);
        return workloads.stream()
                .flatMap(workload -> outcomes.getOrDefault(workload, List.of()).stream())
                .map(run -> run.get(at))
                .toList();
    }

    /** What a rule made of all runs. */
    List<CanaryOutcome> of(CanaryRule rule) {
        return of(rule, workloads());
    }
}
