package dev.portcullis.analysis.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts series by arm and pod. A pod is known by those of the labels namespace, pod and instance that its series have; series with
 * none of them are taken for one pod. Used for one reading.
 */
final class PodGrouping {
    private static final Set<String> POD_LABELS = Set.of("namespace", "pod", "instance");
    private static final String BOUNDARY_LABEL = "le";

    /** No counter of requests is larger; what is, is no counter. */
    private static final double LARGEST = 1e18;

    private final Arms arms;
    private final Set<String> notes = new LinkedHashSet<>();

    PodGrouping(Arms arms) {
        this.arms = arms;
    }

    /** What was left out so far, and why. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Counters of good or bad requests, and of all. */
    ObjectiveCounters counters(Counted counted, List<Sample> part, List<Sample> total) {
        RatioPods canary = new RatioPods();
        RatioPods baseline = new RatioPods();
        part.forEach(sample -> sort(sample, arm(sample, canary, baseline), true));
        total.forEach(sample -> sort(sample, arm(sample, canary, baseline), false));
        return new ObjectiveCounters(counted, canary.counters(), baseline.counters());
    }

    private void sort(Sample sample, @Nullable RatioPods pods, boolean isPart) {
        if (pods == null) {
            return;
        }
        if (sample.buckets() != null) {
            leaveOut(sample, "it is a native histogram, and a counter was asked for");
        } else if (isCount(sample)) {
            Map<String, String> labels = sample.labels();
            put(pods.series(pod(labels), isPart), series(labels), sample.value(), sample);
        }
    }

    /** Histograms: classic ones by their buckets, or native ones. */
    ObjectiveHistograms histograms(List<Sample> samples, double threshold) {
        HistogramPods canary = new HistogramPods();
        HistogramPods baseline = new HistogramPods();
        samples.forEach(sample -> sort(sample, arm(sample, canary, baseline), threshold));
        return new ObjectiveHistograms(whole(canary), whole(baseline));
    }

    private void sort(Sample sample, @Nullable HistogramPods pods, double threshold) {
        if (pods == null || !isCount(sample)) {
            return;
        }
        Map<String, String> labels = sample.labels();
        String pod = pod(labels);
        List<Sample.Bucket> buckets = sample.buckets();
        if (buckets != null) {
            var histogram = NativeHistogram.cumulative(buckets, sample.value(), threshold);
            put(pods.ofPod(pod), series(labels), histogram, sample);
            return;
        }
        Map<String, String> others = new HashMap<>(labels);
        String boundary = others.remove(BOUNDARY_LABEL);
        try {
            put(pods.series(pod, series(others)), boundary(boundary), sample.value(), sample);
        } catch (NumberFormatException e) {
            leaveOut(sample, "it is no bucket of a histogram: its label le is " + boundary);
        }
    }

    private static double boundary(@Nullable String text) {
        if (text == null) {
            throw new NumberFormatException("no text");
        }
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private Map<String, PodHistograms> whole(HistogramPods pods) {
        Map<String, PodHistograms> whole = new HashMap<>();
        pods.pods.forEach((pod, series) -> {
            if (series.values().removeIf(buckets -> !buckets.containsKey(Double.POSITIVE_INFINITY))) {
                notes.add("left out a histogram of " + pod + ": it has no bucket le=\"+Inf\"");
            }
            if (!series.isEmpty()) {
                whole.put(pod, new PodHistograms(series));
            }
        });
        return whole;
    }

    private <P> @Nullable P arm(Sample sample, P canary, P baseline) {
        Map<String, String> labels = sample.labels();
        return arms.isCanary(labels) ? canary : arms.isBaseline(labels) ? baseline : null;
    }

    private boolean isCount(Sample sample) {
        boolean count = sample.value() >= 0 && sample.value() <= LARGEST;
        if (!count) {
            leaveOut(sample, "its value is " + sample.value() + ", which is no count");
        }
        return count;
    }

    private <K, V> void put(Map<K, V> kept, K key, V value, Sample sample) {
        if (kept.putIfAbsent(key, value) != null) {
            leaveOut(sample, "the source gave this series twice");
        }
    }

    private void leaveOut(Sample sample, String why) {
        notes.add("left out " + new TreeMap<>(sample.labels()) + ": " + why);
    }

    private String pod(Map<String, String> labels) {
        return key(labels, true);
    }

    private String series(Map<String, String> labels) {
        return key(labels, false);
    }

    /** Canonical text of the labels that name the pod, or of those that tell its series apart. */
    private String key(Map<String, String> labels, boolean ofPod) {
        TreeMap<String, String> chosen = new TreeMap<>(labels);
        chosen.keySet().removeIf(label -> POD_LABELS.contains(label) != ofPod || label.equals(arms.label()));
        List<String> parts = new ArrayList<>();
        chosen.forEach(
                (label, value) -> parts.add(new LabelMatcher(label, LabelMatcher.Operator.EQUAL, value).render()));
        return "{" + String.join(",", parts) + "}";
    }

    /** The pods of one arm, while the counters of a ratio are collected. */
    private static final class RatioPods {
        private final Map<String, Map<String, Double>> parts = new HashMap<>();
        private final Map<String, Map<String, Double>> totals = new HashMap<>();

        Map<String, Double> series(String pod, boolean isPart) {
            parts.computeIfAbsent(pod, p -> new HashMap<>());
            totals.computeIfAbsent(pod, p -> new HashMap<>());
            return (isPart ? parts : totals).getOrDefault(pod, Map.of());
        }

        Map<String, PodCounters> counters() {
            Map<String, PodCounters> counters = new HashMap<>();
            parts.forEach(
                    (pod, part) -> counters.put(pod, PodCounters.ofRatio(part, totals.getOrDefault(pod, Map.of()))));
            return counters;
        }
    }

    /** The pods of one arm, while histograms are collected. */
    private static final class HistogramPods {
        private final Map<String, Map<String, SortedMap<Double, Double>>> pods = new HashMap<>();

        Map<String, SortedMap<Double, Double>> ofPod(String pod) {
            return pods.computeIfAbsent(pod, p -> new HashMap<>());
        }

        Map<Double, Double> series(String pod, String series) {
            return ofPod(pod).computeIfAbsent(series, s -> new TreeMap<>());
        }
    }
}
