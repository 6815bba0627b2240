package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.SeriesHistory;
import dev.portcullis.analysis.query.LabelMatcher;
import dev.portcullis.analysis.query.LabelMatcher.Operator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;

/**
 * What the versions that run now have counted of one objective. Which of them is the stable one no source tells; it is taken to be the one with the most requests.
 *
 * @param versions at least one, those with more requests first
 * @param since when, in words, e.g. "in the last 1 h"
 */
record StableCounts(List<VersionCounts> versions, String since) {
    /** Long enough for what is rare, and short enough for the version that runs now. */
    static final Duration LOOK_BACK = Duration.ofHours(1);

    private static final String EVER = "since its pods were started";

    StableCounts {
        versions = List.copyOf(versions);
    }

    /** The counts of a ratio; empty where no series has the label that tells versions apart. */
    static Optional<StableCounts> ofRatio(QueryInspection part, QueryInspection total) {
        Optional<SeriesHistory> parts = part.history();
        Optional<SeriesHistory> totals = total.history();
        boolean history = parts.isPresent() && totals.isPresent();
        Map<String, Double> counted = history ? parts.get().increases() : part.byVersion(part.samples());
        Map<String, Double> all = history ? totals.get().increases() : total.byVersion(total.samples());
        DoubleBinaryOperator bad = part.query().is(Query.BAD) ? (some, whole) -> some : (some, whole) -> whole - some;
        return of(total, counted, all, bad, since(totals.filter(known -> history)));
    }

    /** The counts of a latency; empty for native histograms, and where no boundary or label is of use. */
    static Optional<StableCounts> ofLatency(LatencyIndicator latency, QueryInspection inspection) {
        OptionalDouble fail = BucketBounds.of(inspection.samples()).fail(latency.threshold());
        if (fail.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> fast = upTo(inspection, fail.getAsDouble());
        Map<String, Double> all = upTo(inspection, Double.POSITIVE_INFINITY);
        return of(inspection, fast, all, (some, whole) -> whole - some, since(inspection.history()));
    }

    private static Map<String, Double> upTo(QueryInspection inspection, double boundary) {
        if (inspection.history().isEmpty()) {
            return inspection.byVersion(inspection.samples().stream()
                    .filter(sample -> BucketBounds.boundary(sample)
                            .filter(le -> le == boundary)
                            .isPresent())
                    .toList());
        }
        Map<String, Double> increases = new HashMap<>();
        BucketBounds.spellings(inspection.samples(), boundary).stream()
                .map(spelling -> new LabelMatcher(BucketBounds.LABEL, Operator.EQUAL, spelling))
                .flatMap(bucket ->
                        inspection.pastOf(inspection.query().selector().with(bucket)).stream())
                .forEach(history ->
                        history.increases().forEach((version, more) -> increases.merge(version, more, Double::sum)));
        return increases;
    }

    private static Optional<StableCounts> of(
            QueryInspection inspection,
            Map<String, Double> part,
            Map<String, Double> all,
            DoubleBinaryOperator bad,
            String since) {
        List<VersionCounts> versions = LabelValues.values(inspection.samples(), inspection.armLabel()).stream()
                .map(version -> counts(version, part.getOrDefault(version, 0.0), all.getOrDefault(version, 0.0), bad))
                .sorted(Comparator.comparing(VersionCounts::total).reversed())
                .collect(Collectors.toList());
        return versions.isEmpty() ? Optional.empty() : Optional.of(new StableCounts(versions, since));
    }

    private static VersionCounts counts(String version, double part, double all, DoubleBinaryOperator bad) {
        return new VersionCounts(version, Math.clamp(bad.applyAsDouble(part, all), 0, Math.max(0, all)), all);
    }

    private static String since(Optional<SeriesHistory> history) {
        return history.map(known -> "in the last " + DurationText.rounded(known.time()))
                .orElse(EVER);
    }

    /** The version taken for the stable one. */
    VersionCounts stable() {
        return versions.getFirst();
    }
}
