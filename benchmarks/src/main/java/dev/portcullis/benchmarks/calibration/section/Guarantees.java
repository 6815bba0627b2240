package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
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
    public void run(ExperimentRunner runner, Results results) {
        claimed(runner, results);
        notClaimed(runner, results);
        results.table(name(), runner.runs(RUNS), table);
    }

    private void claimed(ExperimentRunner runner, Results results) {
        for (var clumping : Clumping.values()) {
            List<BiFunction<Double, Clumping, Workload>> kinds = List.of(
                    HealthyCanaries::asBaseline,
                    HealthyCanaries::onBothLimits,
                    HealthyCanaries::steppingWhileDrifting,
                    HealthyCanaries::drifting);
            for (var kind : kinds) {
                add(runner, results, SimulatedPolicies.standard(), true, rate -> kind.apply(rate, clumping));
            }
            for (var rule : List.of(SimulatedPolicies.standard(), SimulatedPolicies.baselineOnly())) {
                add(runner, results, rule, true, rate -> HealthyCanaries.outage(rate, 5, clumping));
            }
        }
    }

    private void notClaimed(ExperimentRunner runner, Results results) {
        for (var rule : List.of(SimulatedPolicies.standard(), SimulatedPolicies.breachFails())) {
            for (var seconds : new int[] {15, 30, 60, 120}) {
                add(runner, results, rule, false, rate -> HealthyCanaries.podSpells(rate, seconds));
            }
        }
        add(
                runner,
                results,
                SimulatedPolicies.breachFails(),
                false,
                rate -> HealthyCanaries.outage(rate, 5, Clumping.INDEPENDENT));
        add(runner, results, SimulatedPolicies.standard(), false, rate -> HealthyCanaries.armSpells(rate, 15));
        add(runner, results, SimulatedPolicies.standard(), false, HealthyCanaries::wandering);
        add(runner, results, SimulatedPolicies.standard(), false, HealthyCanaries::otherClumps);
        for (var clumping : List.of(Clumping.FIVES, Clumping.GEOMETRIC, Clumping.BURSTS)) {
            add(
                    runner,
                    results,
                    SimulatedPolicies.everyRequestCounts(),
                    false,
                    rate -> HealthyCanaries.onBothLimits(rate, clumping));
        }
    }

    private void add(
            ExperimentRunner runner, Results results, CanaryRule rule, boolean claimed, DoubleFunction<Workload> kind) {
        var cells = new ArrayList<>(List.of(kind.apply(1).name(), rule.name()));
        var exceeded = false;
        for (var rate : RATES) {
            var workload = kind.apply(rate);
            var aborts = aborts(runner, rule, workload, rate);
            cells.addAll(aborts.cells());
            if (claimed) {
                var claim = new Claim(
                        name(),
                        workload.name() + ", " + (int) rate + "/s",
                        rule.name(),
                        SimulatedPolicies.ALPHA,
                        aborts.ever());
                results.claim(claim);
                exceeded |= claim.exceeded();
            }
        }
        cells.addAll(claimed ? List.of("yes", exceeded ? "exceeds" : "ok") : List.of("no", "no guarantee"));
        table.add(cells);
    }

    private static Aborts aborts(ExperimentRunner runner, CanaryRule rule, Workload workload, double rate) {
        var experiment = "guarantees " + rule.name() + " " + workload.name() + " " + rate;
        var outcomes = runner.run(experiment, RUNS, random -> rule.run(workload.sample(random, Polls.HOUR)));
        return Aborts.of(outcomes);
    }
}
