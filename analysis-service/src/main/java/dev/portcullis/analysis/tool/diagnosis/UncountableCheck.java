package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SeriesText;
import java.util.List;
import java.util.Optional;

/** Values that an analysis cannot count: with one of them in either arm, every release is held. */
final class UncountableCheck {
    /** No counter of requests is larger. */
    private static final double LARGEST = 1e18;

    private UncountableCheck() {}

    /** What cannot be counted of a query's series that are in a release; empty when everything can. */
    static Optional<Finding> check(Query query, List<Sample> samples, String armLabel) {
        List<Sample> odd = samples.stream()
                .filter(sample -> !sample.labels().getOrDefault(armLabel, "").isEmpty())
                .filter(sample -> !isCount(sample) || isHistogram(query, sample))
                .toList();
        return odd.stream()
                .findFirst()
                .map(first -> query.finding(
                        FindingKind.UNCOUNTABLE,
                        SeriesText.of(first.labels())
                                + (isCount(first)
                                        ? " is a native histogram, and a counter is asked for"
                                        : " is " + FindingFormat.count(first.value())
                                                + ", which is not a count of requests")
                                + (odd.size() == 1 ? "" : ", and " + (odd.size() - 1) + " more cannot be counted")
                                + ": a release with such a series is held",
                        "fix whatever exports it, or leave it out by a condition"));
    }

    private static boolean isCount(Sample sample) {
        return sample.value() >= 0 && sample.value() <= LARGEST;
    }

    private static boolean isHistogram(Query query, Sample sample) {
        return sample.buckets() != null && !query.is(Query.HISTOGRAM);
    }
}
