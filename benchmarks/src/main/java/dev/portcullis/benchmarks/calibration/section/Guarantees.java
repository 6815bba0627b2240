package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.rule.Outcome;
import dev.portcullis.benchmarks.calibration.rule.Policies;
import dev.portcullis.benchmarks.calibration.rule.Rule;
import dev.portcullis.benchmarks.calibration.simulation.Simulation;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** False aborts of the default policy where a guarantee is claimed, and where none is. */
public final class Guarantees implements Section {
    private static final int RUNS = 10_000;
    private static final double[] RATES = {1, 50, 1000};

    private final MarkdownTable table = new MarkdownTable(Stream.of(
                    Stream.of("workload", "rule"),
                    DoubleStream.of(RATES).mapToObj(rate -> String.format(Locale.ROOT, "%.0f requests/s", rate)),
                    Stream.of("claimed", "verdict"))
            .flatMap(each -> each)
            .toList());

    @Override
    public String name() {
        return "guarantees";
    }

    @Override
    public void run(Simulation simulation, Results results) {
        claimed(simulation, results);
        notClaimed(simulation, results);
        results.table(name(), simulation.runs(RUNS), table);
    }

    private void claimed(Simulation simulation, Results results) {
        for (var clumping : Clumping.values()) {
            List<BiFunction<Double, Clumping, Workload>> kinds = List.of(
                    Healthy::asBaseline, Healthy::onBothLimits, Healthy::steppingWhileDrifting, Healthy::drifting);
            for (var kind : kinds) {
                add(simulation, results, Policies.standard(), true, rate -> kind.apply(rate, clumping));
            }
            add(simulation, results, Policies.baselineOnly(), true, rate -> Healthy.outage(rate, 5, clumping));
        }
        add(simulation, results, Policies.standard(), true, rate -> Healthy.podSpells(rate, 15));
    }

    private void notClaimed(Simulation simulation, Results results) {
        for (var seconds : new int[] {30, 60, 120}) {
            add(simulation, results, Policies.standard(), false, rate -> Healthy.podSpells(rate, seconds));
        }
        add(simulation, results, Policies.standard(), false, rate -> Healthy.armSpells(rate, 15));
        add(simulation, results, Policies.standard(), false, rate -> Healthy.outage(rate, 5, Clumping.INDEPENDENT));
        add(simulation, results, Policies.standard(), false, Healthy::wandering);
        add(simulation, results, Policies.standard(), false, Healthy::otherClumps);
        for (var clumping : List.of(Clumping.FIVES, Clumping.GEOMETRIC, Clumping.BURSTS)) {
            add(
                    simulation,
                    results,
                    Policies.everyRequestCounts(),
                    false,
                    rate -> Healthy.onBothLimits(rate, clumping));
        }
    }

    private void add(
            Simulation simulation, Results results, Rule rule, boolean claimed, DoubleFunction<Workload> kind) {
        var cells = new ArrayList<>(List.of(kind.apply(1).name(), rule.name()));
        var exceeded = false;
        for (var rate : RATES) {
            var workload = kind.apply(rate);
            var aborts = aborts(simulation, rule, workload, rate);
            cells.add(aborts.text());
            if (claimed) {
                var claim = new Claim(
                        name(), workload.name() + ", " + (int) rate + "/s", rule.name(), Policies.ALPHA, aborts);
                results.claim(claim);
                exceeded |= claim.exceeded();
            }
        }
        cells.addAll(claimed ? List.of("yes", exceeded ? "exceeds" : "ok") : List.of("no", "no guarantee"));
        table.add(cells);
    }

    private static Proportion aborts(Simulation simulation, Rule rule, Workload workload, double rate) {
        var experiment = "guarantees " + rule.name() + " " + workload.name() + " " + rate;
        var outcomes = simulation.run(experiment, RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Proportion.of(outcomes, Outcome::isAborted);
    }
}
