package dev.portcullis.analysis.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The histograms of one arm, while their samples are collected. Used for one reading. */
final class HistogramPods {
    private static final String BOUNDARY_LABEL = "le";

    private final PodGroups groups;
    private final Map<String, Map<String, Histogram>> histograms = new HashMap<>();
    private final Map<String, Map<String, SortedMap<Double, Double>>> buckets = new TreeMap<>();
    private final Map<String, Double> starts = new HashMap<>();

    HistogramPods(PodGroups groups) {
        this.groups = groups;
    }

    /** Takes in a native histogram, or one bucket of a classic one. */
    void add(Sample sample) {
        Map<String, String> labels = sample.labels();
        String pod = groups.pod(labels);
        starts.merge(pod, sample.processStart(), Math::max);
        var nativeBuckets = sample.buckets();
        if (nativeBuckets != null) {
            Histogram histogram = new NativeHistogram(nativeBuckets, sample.value());
            groups.put(ofPod(pod), groups.series(labels), histogram, sample);
            return;
        }
        Map<String, String> others = new HashMap<>(labels);
        String text = others.remove(BOUNDARY_LABEL);
        OptionalDouble boundary = text == null ? OptionalDouble.empty() : boundary(text);
        if (boundary.isEmpty()) {
            String found = text == null
                    ? "it has no label le"
                    : "its label le is '" + text.replaceAll("\\p{Cntrl}", "?") + "', and no number such as 0.1 or +Inf";
            groups.fault(sample, "is not a bucket of a histogram: " + found);
            return;
        }
        var counters = buckets.computeIfAbsent(pod, p -> new TreeMap<>())
                .computeIfAbsent(groups.series(others), s -> new TreeMap<>());
        groups.put(counters, boundary.getAsDouble(), sample.value(), sample);
    }

    private static OptionalDouble boundary(String text) {
        if (text.equals("+Inf")) {
            return OptionalDouble.of(Double.POSITIVE_INFINITY);
        }
        try {
            double boundary = Double.parseDouble(text);
            return Double.isFinite(boundary) ? OptionalDouble.of(boundary) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private Map<String, Histogram> ofPod(String pod) {
        return histograms.computeIfAbsent(pod, p -> new HashMap<>());
    }

    /** Each bucket counts what the ones before it count, and all are of one answer: none can be ahead of a larger one. */
    private void checkOrder(String series, SortedMap<Double, Double> counters) {
        double before = 0;
        double most = 0;
        for (Map.Entry<Double, Double> bucket : counters.entrySet()) {
            if (bucket.getValue() < most) {
                groups.fault(
                        series + " has counted " + SeriesText.value(most) + " up to le=\"" + SeriesText.boundary(before)
                                + "\" and only " + SeriesText.value(bucket.getValue()) + " up to le=\""
                                + SeriesText.boundary(bucket.getKey()) + "\"; mend what exports it");
                return;
            }
            before = bucket.getKey();
            most = bucket.getValue();
        }
    }

    /** By pod. */
    Map<String, PodHistograms> histograms() {
        buckets.forEach((pod, series) -> series.forEach((key, counters) -> {
            String told = SeriesText.key(key) + " of pod " + SeriesText.key(pod);
            if (counters.containsKey(Double.POSITIVE_INFINITY)) {
                checkOrder(told, counters);
                ofPod(pod).put(key, new ClassicHistogram(counters));
            } else {
                groups.fault(told + " has no bucket le=\"+Inf\"");
            }
        }));
        Map<String, PodHistograms> pods = new HashMap<>();
        histograms.forEach((pod, series) -> pods.put(pod, new PodHistograms(series, starts.getOrDefault(pod, 0.0))));
        return pods;
    }
}
