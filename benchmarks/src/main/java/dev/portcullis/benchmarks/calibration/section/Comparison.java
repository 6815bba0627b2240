package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
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

    private final List<CanaryRule> rules = Contestants.all();

    @Override
    public String name() {
        return "comparison";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var rate : RATES) {
            var place = name() + " " + rate;
            var good = Contest.of(runner, place, RUNS, rules, Canaries.good(rate));
            var bad = Contest.of(runner, place, RUNS, rules, Canaries.bad(rate));
            var runs = runner.runs(RUNS);
            results.table(place, runs, overview(good, bad));
            results.table(
                    place + " good",
                    runs,
                    byWorkload("ever aborted, by good canary", good, CanaryOutcome::isEverAborted));
            results.table(
                    place + " bad",
                    runs,
                    byWorkload("never aborted, by bad canary", bad, each -> !each.isEverAborted()));
            results.plot("comparison-" + rate + ".svg", ComparisonPlot.of(rate, good));
            good.workloads().subList(0, Canaries.WITHIN_GUARANTEE).forEach(each -> claim(results, good, each));
        }
    }

    private void claim(Results results, Contest good, Workload workload) {
        var aborts = Proportion.of(good.of(rules.getFirst(), List.of(workload)), CanaryOutcome::isEverAborted);
        results.claim(new Claim(name(), workload.name(), rules.getFirst().name(), SimulatedPolicies.ALPHA, aborts));
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
                    Proportion.of(good.of(rule, guaranteed), CanaryOutcome::isEverAborted)
                            .text(),
                    Proportion.of(good.of(rule, others), CanaryOutcome::isAborted)
                            .text(),
                    Proportion.of(good.of(rule, others), CanaryOutcome::isEverAborted)
                            .text(),
                    Proportion.of(good.of(rule), CanaryOutcome::isPromoted).text(),
                    seconds(good.of(rule), CanaryOutcome::isPromoted),
                    Proportion.of(bad.of(rule), each -> !each.isEverAborted()).text(),
                    Proportion.of(bad.of(rule), CanaryOutcome::isPromoted).text(),
                    seconds(bad.of(rule), CanaryOutcome::isAborted)));
        }
        return table;
    }

    private static String seconds(List<CanaryOutcome> outcomes, Predicate<CanaryOutcome> which) {
        var seconds =
                outcomes.stream().filter(which).map(CanaryOutcome::seconds).toList();
        return Quantile.median(seconds).text();
    }

    private MarkdownTable byWorkload(String head, Contest contest, Predicate<CanaryOutcome> counted) {
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
