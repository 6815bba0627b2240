package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The same canaries, good ones and bad ones, before the judge and before what other systems do. */
public final class Comparison implements Section {
    private static final int RUNS = 3000;
    private static final int[] RATES = {50, 5};

    private final List<Rule> rules = Contestants.all();

    @Override
    public String name() {
        return "comparison";
    }

    @Override
    public void run(Simulation simulation, Results results) {
        for (var rate : RATES) {
            var place = name() + " " + rate;
            var good = Contest.of(simulation, place, RUNS, rules, Canaries.good(rate));
            var bad = Contest.of(simulation, place, RUNS, rules, Canaries.bad(rate));
            var runs = simulation.runs(RUNS);
            results.table(place, runs, overview(good, bad));
            results.table(
                    place + " good", runs, byWorkload("ever aborted, by good canary", good, Outcome::isEverAborted));
            results.table(
                    place + " bad",
                    runs,
                    byWorkload("never aborted, by bad canary", bad, each -> !each.isEverAborted()));
            results.plot("comparison-" + rate + ".svg", ComparisonPlot.of(rate, good));
            good.workloads().subList(0, Canaries.WITHIN_GUARANTEE).forEach(each -> claim(results, good, each));
        }
    }

    private void claim(Results results, Contest good, Workload workload) {
        var aborts = Proportion.of(good.of(rules.getFirst(), List.of(workload)), Outcome::isEverAborted);
        results.claim(new Claim(name(), workload.name(), rules.getFirst().name(), Policies.ALPHA, aborts));
    }

    private MarkdownTable overview(Contest good, Contest bad) {
        var table = new MarkdownTable(List.of(
                "rule",
                "good (clumps, drift): ever aborted",
                "good (spells, outage, wandering): before a decision",
                "good (spells, outage, wandering): ever aborted",
                "good: promoted",
                "good: median s to promotion",
                "bad: never aborted",
                "bad: promoted",
                "bad: median s to abort"));
        var guaranteed = good.workloads().subList(0, Canaries.WITHIN_GUARANTEE);
        var others = good.workloads()
                .subList(Canaries.WITHIN_GUARANTEE, good.workloads().size());
        for (var rule : rules) {
            table.add(List.of(
                    rule.name(),
                    Proportion.of(good.of(rule, guaranteed), Outcome::isEverAborted)
                            .text(),
                    Proportion.of(good.of(rule, others), Outcome::isAborted).text(),
                    Proportion.of(good.of(rule, others), Outcome::isEverAborted).text(),
                    Proportion.of(good.of(rule), Outcome::isPromoted).text(),
                    seconds(good.of(rule), Outcome::isPromoted),
                    Proportion.of(bad.of(rule), each -> !each.isEverAborted()).text(),
                    Proportion.of(bad.of(rule), Outcome::isPromoted).text(),
                    seconds(bad.of(rule), Outcome::isAborted)));
        }
        return table;
    }

    private static String seconds(List<Outcome> outcomes, Predicate<Outcome> which) {
        var seconds = outcomes.stream().filter(which).map(Outcome::seconds).toList();
        return Quantile.median(seconds).text();
    }

    private MarkdownTable byWorkload(String head, Contest contest, Predicate<Outcome> counted) {
        var names = contest.workloads().stream().map(Workload::name);
        var table = new MarkdownTable(Stream.concat(Stream.of(head), names).toList());
        for (var rule : rules) {
            var cells = new ArrayList<>(List.of(rule.name()));
            for (var workload : contest.workloads()) {
                cells.add(Proportion.of(contest.of(rule, List.of(workload)), counted)
                        .text());
            }
            table.add(cells);
        }
        return table;
    }
}
