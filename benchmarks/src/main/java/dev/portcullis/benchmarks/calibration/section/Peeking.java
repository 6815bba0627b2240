package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.simulation.ExperimentRunner;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.text.NumberText;
import java.util.List;

/** The type I error of T1: a canary exactly at its limit, looked at after each of 1,500 bad requests. */
public final class Peeking implements Section {
    private static final int RUNS = 40_000;
    private static final int BAD = 1500;
    private static final double[] LIMITS = {0.001, 0.01, 0.1};
    private static final double[] SHARES = {0.5, 0.1};

    private final MarkdownTable table =
            new MarkdownTable(List.of("test", "false aborts, alpha = 0.01", "false aborts, alpha = 0.05", "verdict"));

    @Override
    public String name() {
        return "T1 type I";
    }

    @Override
    public void run(ExperimentRunner runner, Results results) {
        for (var limit : LIMITS) {
            add(runner, results, "SLO " + NumberText.percent(limit, 6), ContinuousLooking.slo(limit, limit));
        }
        for (var share : SHARES) {
            // Only how the errors divide matters; the ratio itself does not.
            var looking = ContinuousLooking.baseline(share, LIMITS[0], LIMITS[0]);
            add(runner, results, "baseline canary share " + NumberText.plain(share), looking);
        }
        results.table(name(), runner.runs(RUNS), table);
    }

    private void add(ExperimentRunner runner, Results results, String row, ContinuousLooking looking) {
        var requests = runner.run(
                "peeking " + row, RUNS, random -> looking.requests(random, 0, BAD, -Math.log(0.05), -Math.log(0.01)));
        var strict = Proportion.of(requests, each -> Double.isFinite(each[1]));
        var loose = Proportion.of(requests, each -> Double.isFinite(each[0]));
        results.figure(name(), row, "0.01", strict);
        results.figure(name(), row, "0.05", loose);
        var claims = List.of(
                new Claim(name(), row, "request-level", 0.01, strict),
                new Claim(name(), row, "request-level", 0.05, loose));
        claims.forEach(results::claim);
        var exceeded = claims.stream().anyMatch(Claim::exceeded);
        table.add(List.of(row, strict.text(), loose.text(), exceeded ? "exceeds" : "ok"));
    }
}
