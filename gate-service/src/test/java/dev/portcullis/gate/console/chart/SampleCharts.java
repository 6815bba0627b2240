package dev.portcullis.gate.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Charts of every kind and in every odd state, made of figures that are the same each time. */
final class SampleCharts {
    static final Instant BEGIN = Instant.parse("2026-12-01T10:00:00Z");

    private SampleCharts() {}

    /** SVG by name. */
    static Map<String, String> all() {
        Map<String, String> charts = new LinkedHashMap<>();
        both(charts, "bands-open", bands(40, 0.0041, 0.0012, 0.005));
        both(charts, "bands-failing", bands(12, 0.21, 0.0012, 0.005));
        both(charts, "bands-same", bands(90, 0.0012, 0.00118, 0.005));
        both(charts, "bands-one-point", bands(1, 0.0041, 0.0012, 0.005));
        both(charts, "bands-nothing", bands(0, 0, 0, 0.005));
        both(charts, "odds-open", odds(40, 1.84, 0.4));
        both(charts, "odds-failed", odds(12, 30, -4));
        both(charts, "odds-passed", odds(40, -2.2, 3.4));
        both(charts, "odds-nothing", odds(0, 0, 0));
        charts.put("interval-open", interval(3.4, 0.8, 6.1, 2).svg());
        charts.put("interval-beyond", interval(9, 4.4, 300, 2).svg());
        charts.put("interval-within", interval(0.9, 0.4, 1.6, 2).svg());
        charts.put(
                "interval-unknown",
                new IntervalChart(
                                "the stable version",
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                2)
                        .svg());
        charts.put("spark", new Sparkline("checkout-availability", wave(40), 0.005).svg());
        charts.put("spark-nothing", new Sparkline("checkout-availability", List.of(), 0.005).svg());
        charts.put("share", new ShareBar(18_402, 183_000).svg());
        charts.put("steps", steps().svg());
        return charts;
    }

    private static void both(Map<String, String> charts, String name, BandChart chart) {
        charts.put(name, chart.svg(ChartSize.WIDE));
        charts.put(name + "-narrow", chart.svg(ChartSize.NARROW));
    }

    private static void both(Map<String, String> charts, String name, OddsChart chart) {
        charts.put(name, chart.svg(ChartSize.WIDE));
        charts.put(name + "-narrow", chart.svg(ChartSize.NARROW));
    }

    static BandChart bands(int windows, double canary, double stable, double limit) {
        return new BandChart(
                "checkout-availability: bad requests",
                List.of(
                        BandSeries.canary(points(windows, canary, 1500)),
                        BandSeries.stable(points(windows, stable, 15_000))),
                OptionalDouble.of(limit),
                BEGIN);
    }

    private static List<BandPoint> points(int windows, double ratio, int perWindow) {
        return IntStream.rangeClosed(1, windows)
                .mapToObj(k -> {
                    var seen = ratio * (1 + 0.4 * Math.sin(k) / k);
                    var half = 4 * Math.sqrt((seen + 1.0 / perWindow) / (k * perWindow));
                    return new BandPoint(
                            BEGIN.plusSeconds(30L * k),
                            OptionalDouble.of(seen),
                            seen > half ? OptionalDouble.of(seen - half) : OptionalDouble.empty(),
                            k == 1 ? OptionalDouble.empty() : OptionalDouble.of(seen + half));
                })
                .toList();
    }

    static OddsChart odds(int windows, double against, double pro) {
        return new OddsChart(
                "Evidence for and against the canary",
                IntStream.rangeClosed(1, windows)
                        .mapToObj(k -> new OddsChart.OddsPoint(
                                BEGIN.plusSeconds(30L * k),
                                against * k / windows + 0.3 * Math.sin(k),
                                pro * k / windows + 0.2 * Math.cos(k)))
                        .toList(),
                Math.log(100),
                Math.log(20),
                BEGIN);
    }

    static IntervalChart interval(double value, double lower, double upper, double tolerated) {
        return new IntervalChart(
                "the stable version",
                OptionalDouble.of(value),
                OptionalDouble.of(lower),
                OptionalDouble.of(upper),
                tolerated);
    }

    private static List<Double> wave(int points) {
        return IntStream.range(0, points)
                .mapToObj(k -> 0.003 + 0.001 * Math.sin(k / 3.0))
                .toList();
    }

    static StepChart steps() {
        return new StepChart(
                "Steps of the rollback",
                List.of(
                        step("istio: change", "done", 0, 2),
                        step("istio: look", "done", 2, 9),
                        step("argo-rollouts: change", "failed", 9, 31),
                        new StepChart.Step(
                                "argo-rollouts: look", "active", Optional.of(BEGIN.plusSeconds(31)), Optional.empty()),
                        new StepChart.Step("users recover", "active", Optional.empty(), Optional.empty())),
                BEGIN,
                BEGIN.plusSeconds(44),
                Optional.of(new StepChart.Promise("promised: 60 s", BEGIN.plus(Duration.ofSeconds(60)))));
    }

    private static StepChart.Step step(String name, String kind, long from, long to) {
        return new StepChart.Step(name, kind, Optional.of(BEGIN.plusSeconds(from)), Optional.of(BEGIN.plusSeconds(to)));
    }
}
