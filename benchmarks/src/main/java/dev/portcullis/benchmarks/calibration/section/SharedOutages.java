package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.report.MarkdownTable;
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

    private final List<Rule> rules = Policies.breaches();
    private final MarkdownTable table = new MarkdownTable(Stream.concat(
                    Stream.of("both arms fail", "split", "requests/s"),
                    rules.stream().map(Rule::name).flatMap(Aborts::heads))
            .toList());

    @Override
    public String name() {
        return "shared outages";
    }

    @Override
    public void run(Simulation simulation, Results results) {
        for (var ratio : RATIOS) {
            for (var minutes : MINUTES) {
                for (var split : SPLITS) {
                    for (var rate : RATES) {
                        row(simulation, results, ratio, minutes, split, rate);
                    }
                }
            }
        }
        results.table(name(), simulation.runs(RUNS), table);
    }

    private void row(Simulation simulation, Results results, double ratio, int minutes, double split, double rate) {
        var workload = Healthy.outage(rate, split, minutes, ratio, Clumping.INDEPENDENT);
        var experiment = name() + " " + workload.name() + " " + split + " " + rate;
        var outcomes = simulation.run(experiment, RUNS, random -> {
            var polls = workload.sample(random, Polls.HOUR);
            return rules.stream().map(rule -> rule.run(polls)).toList();
        });
        var outage = List.of(
                Percent.of(ratio) + " for " + minutes + " min", "1:" + Percent.number(split), Percent.number(rate));
        var byDefault = Aborts.of(of(0, outcomes)).ever();
        results.claim(new Claim(
                name(), String.join(", ", outage) + "/s", rules.getFirst().name(), Policies.ALPHA, byDefault));
        var cells = new ArrayList<>(outage);
        for (var i = 0; i < rules.size(); i++) {
            cells.addAll(Aborts.of(of(i, outcomes)).cells());
        }
        table.add(cells);
    }

    private static List<Outcome> of(int rule, List<List<Outcome>> outcomes) {
        return outcomes.stream().map(run -> run.get(rule)).toList();
    }
}
