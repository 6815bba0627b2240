package dev.portcullis.benchmarks.calibration.section;

import dev.portcullis.benchmarks.calibration.figure.Quantile;
import dev.portcullis.benchmarks.calibration.plot.Axis;
import dev.portcullis.benchmarks.calibration.plot.Plot;
import dev.portcullis.benchmarks.calibration.plot.Series;
import dev.portcullis.benchmarks.calibration.plot.Series.Point;
import dev.portcullis.benchmarks.calibration.rule.CanaryOutcome;
import dev.portcullis.benchmarks.calibration.workload.Clumping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Median times to a decision by the canary's error ratio, for what becomes of every other run or more. */
final class DecisionTimesPlot {
    private static final double SECONDS_PER_MINUTE = 60;

    private DecisionTimesPlot() {}

    static Plot of(Map<SteadyCanary, List<CanaryOutcome>> outcomes) {
        var series = new LinkedHashMap<String, Series>();
        outcomes.forEach((canary, ended) -> {
            if (canary.clumping() == Clumping.INDEPENDENT && canary.baseline() == HealthyCanaries.USUAL) {
                add(series, "aborted, at " + canary.rate() + "/s", canary, ended, CanaryOutcome::isAborted);
                add(series, "promoted, at " + canary.rate() + "/s", canary, ended, CanaryOutcome::isPromoted);
            }
        });
        return new Plot(
                "Default policy: median time to a decision (independent errors, baseline 0.05 %)",
                Axis.logarithmic("canary's error ratio, %", 0.04, 120, 0.05, 0.1, 0.25, 0.5, 1, 5, 100),
                Axis.logarithmic("minutes", 0.5, 60, 0.5, 1, 2, 5, 10, 20, 60),
                List.copyOf(series.values()),
                Double.NaN,
                "");
    }

    private static void add(
            Map<String, Series> series,
            String name,
            SteadyCanary canary,
            List<CanaryOutcome> outcomes,
            Predicate<CanaryOutcome> ended) {
        var seconds =
                outcomes.stream().filter(ended).map(CanaryOutcome::seconds).toList();
        if (2 * seconds.size() >= outcomes.size()) {
            var median = Quantile.median(seconds);
            var point = Point.of(
                    100 * canary.canary(), median.value() / SECONDS_PER_MINUTE, median.error() / SECONDS_PER_MINUTE);
            series.computeIfAbsent(name, Series::line).add(point);
        }
    }
}
