package dev.portcullis.analysis.explanation;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.metric.Buckets;
import dev.portcullis.analysis.run.AnalysisRun;
import dev.portcullis.analysis.slo.CanaryLimits;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import org.jspecify.annotations.Nullable;

/** How one objective is spoken of: its requests, its limits, in the words of a ratio or of a latency. */
final class ObjectiveText {
    private final AnalysisRun run;
    private final Objective objective;
    private final @Nullable Buckets buckets;

    ObjectiveText(AnalysisRun run, Objective objective) {
        this.run = run;
        this.objective = objective;
        this.buckets = run.measurement().counters().buckets().get(objective.name());
    }

    /** "Canary: 47 of 9,000 requests failed (0.52 %); stable version in the same minutes: 51 of 81,000 (0.063 %)". */
    String counts() {
        return counts(run.counts(objective.name()));
    }

    /** The same of some of the time, at the boundary at which it is held against its SLO. */
    String counts(ArmCounts counts) {
        return counts(counts, thresholdBoundary());
    }

    /** The same at one of the boundaries that are compared. */
    String countsAtCompared(int position) {
        var seen = run.measurement().totals().counts().get(objective.name());
        if (buckets == null || seen == null) {
            return counts();
        }
        var cut = buckets.compared().get(position);
        return counts(seen.at(cut), buckets.boundaries().get(cut));
    }

    /** "3 of 9,000 requests failed (0.033 %); stable version in the same minutes: 51 of 81,000 (0.063 %)". */
    String bareCounts(ArmCounts counts) {
        return bareCounts(counts, thresholdBoundary());
    }

    private String counts(ArmCounts counts, double boundary) {
        return Phrases.capitalSubject(run) + ": " + bareCounts(counts, boundary);
    }

    private String bareCounts(ArmCounts counts, double boundary) {
        var canary = FigureFormat.requests(counts.canary(), pastHabit(boundary));
        return run.plan().arms().baseline() == null ? canary : canary + "; " + baseline(counts.baseline());
    }

    private String baseline(Counts counts) {
        var name = BaselineText.name(run);
        return counts.total() == 0
                ? "the " + name + " had no requests in the same minutes"
                : name + " in the same minutes: " + FigureFormat.share(counts);
    }

    /** "failed", or "took longer than 0.3 s". */
    String pastHabit(double boundary) {
        return isLatency() ? "took longer than " + latency(boundary) : "failed";
    }

    /** "fail", or "take longer than 0.3 s". */
    String habit(double boundary) {
        return isLatency() ? "take longer than " + latency(boundary) : "fail";
    }

    /** With its unit where the name of the metric tells it, as the conventions of Prometheus have it. */
    private String latency(double boundary) {
        var histogram = objective.indicator() instanceof LatencyIndicator latency
                ? latency.histogram().render()
                : "";
        var unit = histogram.contains("_milliseconds") ? " ms" : histogram.contains("_seconds") ? " s" : "";
        return FigureFormat.plain(boundary) + unit;
    }

    boolean isLatency() {
        return objective.indicator() instanceof LatencyIndicator;
    }

    /** The boundary at which a latency is held against its SLO; the threshold itself while none is chosen. 0 of a ratio. */
    double thresholdBoundary() {
        return switch (objective.indicator()) {
            case LatencyIndicator latency ->
                buckets == null ? latency.threshold() : buckets.boundaries().get(buckets.fail());
            default -> 0;
        };
    }

    /** The boundary of a compared position; 0 of a ratio. */
    double comparedBoundary(int position) {
        return buckets == null ? 0 : buckets.boundaries().get(buckets.compared().get(position));
    }

    private double budget() {
        return 1 - objective.target();
    }

    private CanaryLimits limits() {
        return run.plan().settings().limits();
    }

    /** The FAIL limit of the SLO test, as "0.2 %". */
    String failRatio() {
        return FigureFormat.limit(budget() * limits().burnFail());
    }

    String passRatio() {
        return FigureFormat.limit(budget() * limits().burnPass());
    }

    String allowed() {
        return FigureFormat.limit(budget());
    }

    /** "1.25 x stable + 0.025 %". */
    String failLimit() {
        return relative(limits().failFactor(), limits().failMargin());
    }

    /** "2 x stable + 0.1 %". */
    String passLimit() {
        return relative(limits().passFactor(), limits().passMargin());
    }

    private String relative(double factor, double margin) {
        var text = FigureFormat.plain(factor) + " x stable";
        return margin == 0 ? text : text + " + " + FigureFormat.limit(budget() * margin);
    }
}
