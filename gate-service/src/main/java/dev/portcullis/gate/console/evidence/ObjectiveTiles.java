package dev.portcullis.gate.console.evidence;

import dev.portcullis.gate.console.chart.BandChart;
import dev.portcullis.gate.console.chart.BandPoint;
import dev.portcullis.gate.console.chart.BandSeries;
import dev.portcullis.gate.console.chart.Figure;
import dev.portcullis.gate.console.chart.IntervalChart;
import dev.portcullis.gate.console.chart.Sparkline;
import dev.portcullis.gate.evidence.AnalysisDetail;
import dev.portcullis.gate.evidence.EvidencePoint;
import dev.portcullis.gate.evidence.Interval;
import dev.portcullis.gate.evidence.ObjectiveDetail;
import dev.portcullis.gate.evidence.ObjectivePoint;
import dev.portcullis.gate.evidence.RequestCount;
import dev.portcullis.kit.text.NumberText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The objectives of an analysis as tiles, worst first. A pure function of the analysis. */
final class ObjectiveTiles {
    private static final int MOST_PODS = 10;
    private static final String STABLE = "the stable version";
    private static final String BUDGET = "what the SLO allows";

    private final AnalysisDetail detail;

    ObjectiveTiles(AnalysisDetail detail) {
        this.detail = detail;
    }

    List<ObjectiveTile> tiles() {
        return detail.objectives().stream()
                .sorted(Comparator.comparing(ObjectiveTiles::standing)
                        .thenComparing(Comparator.comparingDouble(ObjectiveTiles::badness)
                                .reversed()))
                .map(this::tile)
                .toList();
    }

    private static ObjectiveTile.Standing standing(ObjectiveDetail objective) {
        if (objective.weight() == 0) {
            return ObjectiveTile.Standing.SHOWN;
        }
        if (!objective.culprits().isEmpty()) {
            return ObjectiveTile.Standing.FAILS;
        }
        if (objective.held()) {
            return ObjectiveTile.Standing.HELD;
        }
        var within = objective.ratio().upper().isPresent()
                && objective.ratio().upper().getAsDouble() <= objective.limits().failRatio();
        return within ? ObjectiveTile.Standing.WITHIN : ObjectiveTile.Standing.OPEN;
    }

    /** How near it is to a limit, or how far beyond: 1 is at the limit. */
    private static double badness(ObjectiveDetail objective) {
        var slo = objective.canary().ratio().orElse(0) / objective.limits().failRatio();
        var stable = multiple(objective).orElse(0) / tolerated(objective).orElse(1);
        return Math.max(slo, stable);
    }

    private ObjectiveTile tile(ObjectiveDetail objective) {
        var failing = objective.pods().stream()
                .filter(pod -> pod.requests().bad() > 0)
                .toList();
        return new ObjectiveTile(
                objective.slo(),
                standing(objective),
                summary(objective),
                spark(objective),
                intervals(objective),
                quantiles(objective),
                chart(objective),
                failing.stream().limit(MOST_PODS).map(ObjectiveTiles::row).toList(),
                podSummary(objective, failing.size()));
    }

    /** One idea a sentence: what the canary did, what the stable version did, and what is allowed. */
    private static String summary(ObjectiveDetail objective) {
        var what = objective.threshold().isPresent() ? "too slow" : "bad";
        return "Canary: " + EvidenceText.counted(objective.canary(), what) + "."
                + (objective.limits().comparison().isPresent()
                        ? " Stable version: " + EvidenceText.counted(objective.baseline(), what) + "."
                        : "")
                + " Limit: " + Figure.limit(objective.limits().failRatio())
                + (objective.threshold().isPresent()
                        ? " slower than "
                                + NumberText.plain(objective.threshold().getAsDouble())
                        : "")
                + ".";
    }

    private List<IntervalView> intervals(ObjectiveDetail objective) {
        var allowed = 1 - objective.target();
        List<IntervalView> views = new ArrayList<>();
        views.add(interval(
                BUDGET,
                objective.canary().ratio().isPresent()
                        ? OptionalDouble.of(objective.canary().ratio().getAsDouble() / allowed)
                        : OptionalDouble.empty(),
                divided(objective.ratio(), allowed),
                objective.limits().failRatio() / allowed));
        if (tolerated(objective).isPresent()) {
            views.add(interval(
                    STABLE,
                    multiple(objective),
                    objective.relative().orElse(Interval.UNKNOWN),
                    tolerated(objective).getAsDouble()));
        }
        return views;
    }

    private static IntervalView interval(String of, OptionalDouble value, Interval bounds, double tolerated) {
        var chart = new IntervalChart(of, value, bounds.lower(), bounds.upper(), tolerated);
        return new IntervalView(
                "Times " + of,
                chart.svg(),
                (value.isPresent() ? Figure.times(value.getAsDouble()) + " counted, " : "")
                        + EvidenceText.between(bounds) + "; tolerated " + Figure.times(tolerated) + ".");
    }

    private static Interval divided(Interval interval, double by) {
        return new Interval(divided(interval.lower(), by), divided(interval.upper(), by));
    }

    private static OptionalDouble divided(OptionalDouble value, double by) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() / by) : value;
    }

    /** How many times as bad as the stable version the canary was counted; empty when there is nothing to divide by. */
    private static OptionalDouble multiple(ObjectiveDetail objective) {
        var canary = objective.canary().ratio();
        return canary.isPresent() && objective.baseline().bad() > 0
                ? OptionalDouble.of(
                        canary.getAsDouble() / objective.baseline().ratio().orElseThrow())
                : OptionalDouble.empty();
    }

    private static OptionalDouble tolerated(ObjectiveDetail objective) {
        var comparison = objective.limits().comparison();
        return comparison.isPresent() && objective.baseline().bad() > 0
                ? OptionalDouble.of(
                        comparison.get().multiple(objective.baseline().ratio().orElseThrow()))
                : OptionalDouble.empty();
    }

    private static List<String> quantiles(ObjectiveDetail objective) {
        return objective.quantiles().stream().map(ObjectiveTiles::quantile).toList();
    }

    private static String quantile(ObjectiveDetail.QuantileInterval quantile) {
        var name = "p" + NumberText.plain(100 * quantile.quantile()) + " ";
        var lower = quantile.bounds().lower();
        var upper = quantile.bounds().upper();
        if (lower.isPresent() && upper.isPresent()) {
            return name + "between " + NumberText.plain(lower.getAsDouble()) + " and "
                    + NumberText.plain(upper.getAsDouble());
        }
        if (lower.isPresent()) {
            return name + "above " + NumberText.plain(lower.getAsDouble());
        }
        return upper.isPresent() ? name + "at most " + NumberText.plain(upper.getAsDouble()) : name + "not known yet";
    }

    private String spark(ObjectiveDetail objective) {
        var ratios = points(objective.slo())
                .flatMap(point -> point.objective.canary().ratio().stream().boxed())
                .toList();
        return new Sparkline(
                        objective.slo() + ", canary's bad requests",
                        ratios,
                        objective.limits().failRatio())
                .svg();
    }

    private Optional<ChartView> chart(ObjectiveDetail objective) {
        var points = points(objective.slo()).toList();
        if (points.isEmpty()) {
            return Optional.empty();
        }
        List<BandSeries> series = new ArrayList<>();
        series.add(BandSeries.canary(points.stream()
                .map(point -> band(point.time, point.objective.canary(), point.objective.canaryRatio()))
                .toList()));
        if (points.getLast().objective.baselineRatio().isPresent()) {
            series.add(BandSeries.stable(points.stream()
                    .map(point -> band(
                            point.time,
                            point.objective.baseline(),
                            point.objective.baselineRatio().orElse(Interval.UNKNOWN)))
                    .toList()));
        }
        var chart = new BandChart(
                objective.slo() + ": " + (objective.threshold().isPresent() ? "slow" : "bad")
                        + " requests, and what is still possible",
                series,
                OptionalDouble.of(objective.limits().failRatio()),
                detail.begin());
        return Optional.of(
                ChartView.of(
                        chart,
                        "Bands hold the true ratio at all looks together. The verdict does not come from them: it compares window by window."));
    }

    private static BandPoint band(Instant time, RequestCount requests, Interval bounds) {
        return new BandPoint(time, requests.ratio(), bounds.lower(), bounds.upper());
    }

    private Stream<At> points(String slo) {
        return detail.history().stream().flatMap(point -> at(point, slo).stream());
    }

    private static Optional<At> at(EvidencePoint point, String slo) {
        return point.objectives().stream()
                .filter(objective -> objective.slo().equals(slo))
                .findFirst()
                .map(objective -> new At(point.time(), objective));
    }

    private record At(Instant time, ObjectivePoint objective) {}

    private static PodRow row(ObjectiveDetail.PodCount pod) {
        var requests = pod.requests();
        return new PodRow(
                pod.pod(),
                EvidenceText.whole(requests.bad()),
                EvidenceText.whole(requests.total()),
                Figure.percent(requests.ratio().orElse(0)));
    }

    private static String podSummary(ObjectiveDetail objective, int failing) {
        var others = objective.otherPods();
        var bad = failing + others.map(ObjectiveDetail.OtherPods::failing).orElse(0);
        var serving = (int) objective.pods().stream()
                        .filter(pod -> pod.requests().total() > 0)
                        .count()
                + others.map(ObjectiveDetail.OtherPods::serving).orElse(0);
        return bad == 0 ? "" : bad + " of " + NumberText.counted(serving, "pod") + " had bad requests.";
    }
}
