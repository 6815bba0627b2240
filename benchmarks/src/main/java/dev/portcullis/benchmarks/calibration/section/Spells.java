package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.analysis.judge.Form;
import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.plot.Axis;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.calibration.plot.Series;
import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.calibration.workload.BadSpells;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import dev.portcullis.benchmarks.calibration.workload.Polls;
import dev.portcullis.benchmarks.calibration.workload.Scenario;
import dev.portcullis.benchmarks.calibration.workload.Workload;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;

/** T11: false aborts when a whole arm has bad spells by chance, by the length of the spells and of the vote window. */
public final class Spells implements Section {
    private static final int RUNS = 4000;
    private static final double RATE = 50;

    /** On average over the hour the canary is exactly at its limit, and as good as the baseline. */
    private static final double LIMIT = 0.01;

    private static final double BAD_SHARE = 0.05;
    private static final int[] SPELLS = {15, 30, 60, 120};
    private static final int[] WINDOWS = {15, 30, 60, 120, 240};

    private final MarkdownTable table = new MarkdownTable(List.of(
            "mean spell s",
            "vote window s",
            "whole polls: SLO vote",
            "whole polls: baseline vote 1:1",
            "anywhere: SLO vote",
            "anywhere: baseline vote 1:1"));
    private final List<Series> drawn = new ArrayList<>();

    @Override
    public String name() {
        return "T11";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var spell : SPELLS) {
            spell(runner, results, spell);
        }
        results.table(name(), runner.runs(RUNS), table);
        results.plot(
                "bad-spells.svg",
                new Plot(
                        "False aborts when one arm has bad spells by chance (nominal 1 %)",
                        Axis.logarithmic("vote window, s", 13, 280, 15, 30, 60, 120, 240),
                        Axis.chances("part of runs aborted"),
                        drawn,
                        SimulatedPolicies.ALPHA,
                        "alpha = 1 %"));
    }

    private void spell(ExperimentRunner runner, Results results, int spell) {
        var against = Series.line("SLO, spells of " + spell + " s");
        var beside = Series.line("baseline, spells of " + spell + " s");
        for (var window : WINDOWS) {
            var row = "spell " + spell + " window " + window;
            var whole = outcomes(runner, "T11 " + spell + " " + window, spell, window, true);
            var anywhere = outcomes(runner, "T11 anywhere " + spell + " " + window, spell, window, false);
            table.add(List.of(
                    "" + spell,
                    "" + window,
                    results.figure(name(), row, "SLO vote", slo(whole)).text(),
                    results.figure(name(), row, "baseline vote 1:1", baseline(whole))
                            .text(),
                    slo(anywhere).text(),
                    baseline(anywhere).text()));
            against.add(point(window, slo(anywhere)));
            beside.add(point(window, baseline(anywhere)));
        }
        drawn.add(against);
        drawn.add(beside);
    }

    private static Proportion slo(List<Outcomes> outcomes) {
        return Proportion.of(outcomes, each -> each.slo().isAborted());
    }

    private static Proportion baseline(List<Outcomes> outcomes) {
        return Proportion.of(outcomes, each -> each.baseline().isAborted());
    }

    private static Point point(int window, Proportion aborts) {
        return Point.of(window, aborts.value(), aborts.error());
    }

    private static List<Outcomes> outcomes(
            ExperimentRunner runner, String experiment, int spell, int window, boolean wholePolls) {
        var half = LIMIT / 2;
        var spells = new BadSpells(1, 1, (double) spell / Polls.SECONDS, BAD_SHARE, half / BAD_SHARE, wholePolls);
        var scenario = Scenario.steady(RATE, RATE, half, half).with(spells);
        var workload = new Workload("spells", scenario, Clumping.INDEPENDENT);
        var slo = SimulatedPolicies.slo(Form.VOTE, LIMIT, window / Polls.SECONDS, true);
        var baseline = SimulatedPolicies.baseline(Form.VOTE, window / Polls.SECONDS, true);
        return runner.run(experiment, RUNS, random -> {
            var polls = workload.sample(random, Polls.HOUR);
            return new Outcomes(slo.run(polls), baseline.run(polls));
        });
    }

    private record Outcomes(CanaryOutcome slo, CanaryOutcome baseline) {}
}
