package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.plot.Axis;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.calibration.plot.Series;
import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The same canaries, good ones and bad ones, before the judge and before what other systems do. */
public final class Comparison implements Section {
    private static final int RUNS = 2000;
    private static final Set<String> DRAWN = Set.of(
            "Portcullis, default policy",
            "Portcullis, baseline limits only",
            "Argo, 99.8 %, failureLimit 0",
            "Argo, 99.8 %, failureLimit 3",
            "Argo, 99 %, failureLimit 0",
            "Flagger, 99 %, 5 failed checks",
            "Flagger, 99.8 %, 5 failed checks",
            "Kayenta-style, every 5 min");

    private final List<Rule> rules = Contestants.all();

    @Override
    public String name() {
        return "comparison";
    }

    @Override
    public void run(Simulation simulation, Results results) {
        traffic(simulation, results, 50);
        traffic(simulation, results, 5);
    }

    private void traffic(Simulation simulation, Results results, int rate) {
        var place = name() + " " + rate;
        var good = outcomes(simulation, Canaries.good(rate), place);
        var bad = outcomes(simulation, Canaries.bad(rate), place);
        results.table(place, overview(good, bad));
        results.table(place + " good", byWorkload("aborted, by good canary", good, Outcome::isAborted));
        results.table(place + " bad", byWorkload("not aborted, by bad canary", bad, each -> !each.isAborted()));
        results.plot("comparison-" + rate + ".svg", plot(rate, good));
    }

    /** By workload, for each run the outcomes of all rules. */
    private Map<Workload, List<List<Outcome>>> outcomes(
            Simulation simulation, List<Workload> workloads, String place) {
        var outcomes = new LinkedHashMap<Workload, List<List<Outcome>>>();
        for (var workload : workloads) {
            outcomes.put(workload, simulation.run(place + " " + workload.name(), RUNS, random -> {
                var polls = workload.sample(random, Polls.HOUR);
                return rules.stream().map(rule -> rule.run(polls)).toList();
            }));
        }
        return outcomes;
    }

    private MarkdownTable overview(Map<Workload, List<List<Outcome>>> good, Map<Workload, List<List<Outcome>>> bad) {
        var table = new MarkdownTable(List.of(
                "rule",
                "good: falsely aborted",
                "good: promoted",
                "good: median s to promotion",
                "bad: missed",
                "bad: promoted",
                "bad: median s to abort"));
        for (var i = 0; i < rules.size(); i++) {
            var ofGood = ofRule(i, good.values());
            var ofBad = ofRule(i, bad.values());
            table.add(List.of(
                    rules.get(i).name(),
                    Proportion.of(ofGood, Outcome::isAborted).text(),
                    Proportion.of(ofGood, Outcome::isPromoted).text(),
                    seconds(ofGood, Outcome::isPromoted),
                    Proportion.of(ofBad, each -> !each.isAborted()).text(),
                    Proportion.of(ofBad, Outcome::isPromoted).text(),
                    seconds(ofBad, Outcome::isAborted)));
        }
        return table;
    }

    private static String seconds(List<Outcome> outcomes, Predicate<Outcome> which) {
        return Quantile.median(
                        outcomes.stream().filter(which).map(Outcome::seconds).toList())
                .text();
    }

    private static List<Outcome> ofRule(int rule, Collection<List<List<Outcome>>> workloads) {
        return workloads.stream()
                .flatMap(List::stream)
                .map(run -> run.get(rule))
                .toList();
    }

    private MarkdownTable byWorkload(
            String head, Map<Workload, List<List<Outcome>>> outcomes, Predicate<Outcome> counted) {
        var names = outcomes.keySet().stream().map(Workload::name);
        var table = new MarkdownTable(Stream.concat(Stream.of(head), names).toList());
        for (var i = 0; i < rules.size(); i++) {
            var cells = new ArrayList<>(List.of(rules.get(i).name()));
            for (var runs : outcomes.values()) {
                cells.add(Proportion.of(ofRule(i, List.of(runs)), counted).text());
            }
            table.add(cells);
        }
        return table;
    }

    private Plot plot(int rate, Map<Workload, List<List<Outcome>>> good) {
        var drawn = new ArrayList<Series>();
        for (var i = 0; i < rules.size(); i++) {
            if (DRAWN.contains(rules.get(i).name())) {
                var series = Series.dots(rules.get(i).name());
                var at = 0;
                for (var runs : good.values()) {
                    var aborts = Proportion.of(ofRule(i, List.of(runs)), Outcome::isAborted);
                    series.add(Point.of(at + (drawn.size() - 3.5) / 10, aborts.value(), aborts.error()));
                    at++;
                }
                drawn.add(series);
            }
        }
        return new Plot(
                "False aborts of good canaries (" + rate + " requests/s)",
                Axis.names("workload", Canaries.GOOD_NAMES),
                Axis.logarithmic("part of runs aborted (0 is drawn at the bottom)", 1e-4, 1, 1e-4, 1e-3, 1e-2, 0.1, 1),
                drawn,
                Policies.ALPHA,
                "alpha = 1 %");
    }
}
