package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** False aborts when something fails that both versions need, by what {@code sloBreach} makes of it; that the default aborts nobody is claimed. */
public final class SharedOutages implements Section {
    private static final int RUNS = 2500;
    private static final double[] RATIOS = {0.05, 0.5, 1};
    private static final int[] MINUTES = {1, 5};
    private static final double[] SPLITS = {9, 1};
    private static final double[] RATES = {5, 50, 500};

    private final List<CanaryRule> rules = SimulatedPolicies.breaches();
    private final MarkdownTable table = new MarkdownTable(Stream.concat(
                    Stream.of("both arms fail", "split", "requests/s"),
                    rules.stream().map(CanaryRule::name).flatMap(Aborts::heads))
            .toList());

    @Override
    public String name() {
        return "shared outages";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var ratio : RATIOS) {
            for (var minutes : MINUTES) {
                for (var split : SPLITS) {
                    for (var rate : RATES) {
                        row(runner, results, ratio, minutes, split, rate);
                    }
                }
            }
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private void row(ExperimentRunner runner, Results results, double ratio, int minutes, double split, double rate) {
        var workload = HealthyCanaries.outage(rate, split, minutes, ratio, Clumping.INDEPENDENT);
        var experiment = name() + " " + workload.name() + " " + split + " " + rate;
        var outcomes = runner.run(experiment, RUNS, random -> {
            var polls = workload.sample(random, Polls.HOUR);
            return rules.stream().map(rule -> rule.run(polls)).toList();
        });
        var outage = List.of(
                NumberText.percent(ratio, 6) + " for " + minutes + " min",
                "1:" + NumberText.plain(split),
                NumberText.plain(rate));
        var byDefault = Aborts.of(of(0, outcomes)).ever();
        results.claim(new Claim(
                name(), String.join(", ", outage) + "/s", rules.getFirst().name(), SimulatedPolicies.ALPHA, byDefault));
        var cells = new ArrayList<>(outage);
        for (var i = 0; i < rules.size(); i++) {
            cells.addAll(Aborts.of(of(i, outcomes)).cells());
        }
        table.add(cells);
    }

    private static List<CanaryOutcome> of(int rule, List<List<CanaryOutcome>> outcomes) {
        return outcomes.stream().map(run -> run.get(rule)).toList();
    }
}
