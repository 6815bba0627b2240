package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.query.LabelMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the series of an objective by arm and pod. A pod is known by those of the labels namespace, pod and instance that its series have; series with
 * none of them are taken for one pod. A series of an arm that cannot be counted is a fault, whatever it counts: without it, an arm would look better or worse
 * than it is. Used for one reading.
 */
public final class PodGroups {
    private static final Set<String> POD_LABELS = Set.of("namespace", "pod", "instance");

    /** No counter of requests is larger; what is, is no counter. */
    private static final double LARGEST = 1e18;

    /** A pod of one of the arms, by the key of its labels. */
    private record Pod(boolean ofCanary, String key) {}

    private final Arms arms;
    private final Set<String> faults = new LinkedHashSet<>();

    public PodGroups(Arms arms) {
        this.arms = arms;
    }

    /** What cannot be counted, as sentences. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Counters of good or bad requests, and of all. */
    public ObjectiveCounters counters(RatioNumerator numerator, List<Sample> part, List<Sample> total) {
        Map<Pod, Double> starts = new HashMap<>();
        Map<Pod, Map<String, Double>> parts = bySeries(part, starts);
        Map<Pod, Map<String, Double>> totals = bySeries(total, starts);
        Map<String, PodCounters> ofCanary = new HashMap<>();
        Map<String, PodCounters> ofBaseline = new HashMap<>();
        starts.forEach((pod, start) -> (pod.ofCanary() ? ofCanary : ofBaseline)
                .put(
                        pod.key(),
                        PodCounters.ofRatio(parts.getOrDefault(pod, Map.of()), totals.getOrDefault(pod, Map.of()))
                                .startedAt(start)));
        Stream.of(ofCanary, ofBaseline).forEach(pods -> new TreeMap<>(pods).forEach((pod, read) -> {
            checkTotal(numerator, pod, read);
        }));
        checkArmLabel(Stream.concat(part.stream(), total.stream()).toList());
        return new ObjectiveCounters(numerator, ofCanary, ofBaseline);
    }

    /** A total that does not exist yet is that of a pod without requests. */
    private void checkTotal(RatioNumerator numerator, String pod, PodCounters read) {
        double part = read.parts().getFirst().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        if (read.total().isEmpty() && part > 0) {
            String word = numerator == RatioNumerator.GOOD ? "good" : "bad";
            fault("pod " + SeriesText.key(pod) + " has counted " + SeriesText.value(part) + " " + word
                    + " requests and has no total; let both queries select counters with the same labels namespace, pod"
                    + " and instance");
        }
    }

    /** The values that can be counted, by pod and series; notes when the process of each pod was started. */
    private Map<Pod, Map<String, Double>> bySeries(List<Sample> samples, Map<Pod, Double> starts) {
        Map<Pod, Map<String, Double>> bySeries = new HashMap<>();
        for (Sample sample : samples) {
            Map<String, String> labels = sample.labels();
            if (!arms.isCanary(labels) && !arms.isBaseline(labels)) {
                continue;
            }
            if (sample.buckets() != null) {
                fault(sample, "is a native histogram, and a counter was asked for");
            } else if (isCount(sample)) {
                Pod pod = new Pod(arms.isCanary(labels), pod(labels));
                starts.merge(pod, sample.processStart(), Math::max);
                put(bySeries.computeIfAbsent(pod, p -> new HashMap<>()), series(labels), sample.value(), sample);
            }
        }
        return bySeries;
    }

    /** Histograms: classic ones by their buckets, or native ones. */
    public ObjectiveHistograms histograms(List<Sample> samples) {
        HistogramPods canary = new HistogramPods(this);
        HistogramPods baseline = new HistogramPods(this);
        for (Sample sample : samples) {
            HistogramPods pods = arm(sample, canary, baseline);
            if (pods != null && isCount(sample)) {
                pods.add(sample);
            }
        }
        checkArmLabel(samples);
        return new ObjectiveHistograms(canary.histograms(), baseline.histograms());
    }

    /** A series without the label of the arms, of a pod of one of them. Left out, a canary that counts its failed requests so would have none. */
    private void checkArmLabel(List<Sample> samples) {
        List<Sample> without = samples.stream()
                .filter(sample -> !arms.hasLabel(sample.labels().keySet()))
                .toList();
        if (without.isEmpty()) {
            return;
        }
        List<Map<String, String>> pods = samples.stream()
                .filter(sample -> arms.each().stream().anyMatch(arm -> arm.owns(sample.labels())))
                .map(sample -> podLabels(sample.labels()))
                .distinct()
                .toList();
        Set<String> labels = arms.valuesByLabel().keySet();
        without.stream()
                .filter(sample -> pods.stream().anyMatch(pod -> isOf(pod, podLabels(sample.labels()))))
                .forEach(sample -> fault(
                        sample,
                        "has no label " + String.join(" or ", labels)
                                + ", which other series of its pod have, so that nobody knows whose requests it counts;"
                                + " give it the label, or leave it out of the query with a condition such as "
                                + new LabelMatcher(labels.iterator().next(), LabelMatcher.Operator.NOT_EQUAL, "")
                                        .render()));
    }

    private static Map<String, String> podLabels(Map<String, String> labels) {
        Map<String, String> pod = new HashMap<>(labels);
        pod.keySet().retainAll(POD_LABELS);
        return pod;
    }

    /** Where series name their pods, others of the same page may not. */
    private static boolean isOf(Map<String, String> pod, Map<String, String> labels) {
        return labels.isEmpty() ? pod.isEmpty() : pod.entrySet().containsAll(labels.entrySet());
    }

    private <P> @Nullable P arm(Sample sample, P canary, P baseline) {
        Map<String, String> labels = sample.labels();
        return arms.isCanary(labels) ? canary : arms.isBaseline(labels) ? baseline : null;
    }

    private boolean isCount(Sample sample) {
        String why = sample.fault();
        if (why != null) {
            fault(sample, why);
            return false;
        }
        List<Sample.Bucket> buckets = sample.buckets();
        DoubleStream counts = buckets == null
                ? DoubleStream.of(sample.value())
                : DoubleStream.concat(
                        DoubleStream.of(sample.value()), buckets.stream().mapToDouble(Sample.Bucket::count));
        double[] odd = counts.filter(value -> !(value >= 0 && value <= LARGEST))
                .limit(1)
                .toArray();
        if (odd.length > 0) {
            fault(
                    sample,
                    "is " + SeriesText.value(odd[0]) + ", which is not a count of requests; fix whatever exports it");
        }
        return odd.length == 0;
    }

    /** Keeps a value. The same given twice is one. */
    <K, V> void put(Map<K, V> kept, K key, V value, Sample sample) {
        V other = kept.putIfAbsent(key, value);
        if (other != null && !other.equals(value)) {
            fault(sample, "was given twice, as " + told(other) + " and as " + told(value));
        }
    }

    private static String told(Object value) {
        return switch (value) {
            case Double number -> SeriesText.value(number);
            case Histogram histogram -> "a histogram of " + SeriesText.value(histogram.count());
            default -> value.toString();
        };
    }

    /** @param why the end of a sentence about the series */
    void fault(Sample sample, String why) {
        fault(SeriesText.of(sample.labels()) + " " + why);
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    /** The key of the pod with these labels. */
    String pod(Map<String, String> labels) {
        return key(labels, true);
    }

    /** The key of the series with these labels among those of its pod. */
    String series(Map<String, String> labels) {
        return key(labels, false);
    }

    /** Canonical text of the labels that name the pod, or of those that tell its series apart. */
    private String key(Map<String, String> labels, boolean ofPod) {
        TreeMap<String, String> chosen = new TreeMap<>(labels);
        chosen.keySet().removeIf(label -> POD_LABELS.contains(label) != ofPod || arms.tellsApart(label));
        List<String> parts = new ArrayList<>();
        chosen.forEach(
                (label, value) -> parts.add(new LabelMatcher(label, LabelMatcher.Operator.EQUAL, value).render()));
        return "{" + String.join(",", parts) + "}";
    }
}
