package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Proportion;
import dev.portcullis.benchmarks.calibration.plot.Axis;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.calibration.plot.Series;
import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.rule.CanaryRule;
import dev.portcullis.benchmarks.calibration.rule.SimulatedPolicies;
import java.util.List;

/** False aborts by workload, for as many of the rules as a plot can show. */
final class ComparisonPlot {
    private static final double STEP = 0.1;

    private ComparisonPlot() {}

    static Plot of(int rate, Contest good) {
        var rules = good.rules().stream()
                .filter(rule -> Contestants.DRAWN.contains(rule.name()))
                .toList();
        var series = rules.stream()
                .map(rule -> series(rule, good, STEP * (rules.indexOf(rule) - (rules.size() - 1) / 2.0)))
                .toList();
        return new Plot(
                "False aborts of good canaries (" + rate + " requests/s)",
                Axis.names("what the canary is like", Canaries.GOOD_NAMES),
                Axis.chances("part of runs aborted"),
                series,
                SimulatedPolicies.ALPHA,
                "alpha = 1 %");
    }

    private static Series series(CanaryRule rule, Contest good, double shift) {
        var series = Series.dots(rule.name());
        for (var i = 0; i < good.workloads().size(); i++) {
            var outcomes = good.of(rule, List.of(good.workloads().get(i)));
            var aborts = Proportion.of(outcomes, CanaryOutcome::isEverAborted);
            series.add(Point.of(i + shift, aborts.value(), aborts.error()));
        }
        return series;
    }
}
