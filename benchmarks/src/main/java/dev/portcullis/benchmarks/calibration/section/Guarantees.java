package dev.portcullis.benchmarks.calibration.section;

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
    private static final int RUNS = 4000;
    private static final double[] RATES = {1, 50, 1000};

    private final MarkdownTable table = new MarkdownTable(Stream.of(
                    Stream.of("workload", "rule"),
                    DoubleStream.of(RATES)
                            .mapToObj(rate -> Aborts.heads(String.format(Locale.ROOT, "%.0f/s", rate)))
                            .flatMap(each -> each),
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
            for (var rule : List.of(Policies.standard(), Policies.baselineOnly())) {
                add(simulation, results, rule, true, rate -> Healthy.outage(rate, 5, clumping));
            }
        }
    }

    private void notClaimed(Simulation simulation, Results results) {
        for (var rule : List.of(Policies.standard(), Policies.breachFails())) {
            for (var seconds : new int[] {15, 30, 60, 120}) {
                add(simulation, results, rule, false, rate -> Healthy.podSpells(rate, seconds));
            }
        }
        add(simulation, results, Policies.breachFails(), false, rate -> Healthy.outage(rate, 5, Clumping.INDEPENDENT));
        add(simulation, results, Policies.standard(), false, rate -> Healthy.armSpells(rate, 15));
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
            cells.addAll(aborts.cells());
            if (claimed) {
                var claim = new Claim(
                        name(), workload.name() + ", " + (int) rate + "/s", rule.name(), Policies.ALPHA, aborts.ever());
                results.claim(claim);
                exceeded |= claim.exceeded();
            }
        }
        cells.addAll(claimed ? List.of("yes", exceeded ? "exceeds" : "ok") : List.of("no", "no guarantee"));
        table.add(cells);
    }

    private static Aborts aborts(Simulation simulation, Rule rule, Workload workload, double rate) {
        var experiment = "guarantees " + rule.name() + " " + workload.name() + " " + rate;
        var outcomes = simulation.run(experiment, RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Aborts.of(outcomes);
    }
}
