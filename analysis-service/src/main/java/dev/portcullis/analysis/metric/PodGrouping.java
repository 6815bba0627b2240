package dev.portcullis.analysis.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sorts series by arm and pod. A pod is known by those of the labels namespace, pod and instance that its series have; series with
 * none of them are taken for one pod. Used for one reading.
 */
final class PodGrouping {
    private static final Set<String> POD_LABELS = Set.of("namespace", "pod", "instance");

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

    ObjectiveCounters group(Indicated objective, Map<Selector, List<Sample>> samples) {
        Pods canary = new Pods();
        Pods baseline = new Pods();
        List<Sample> part = samples.getOrDefault(objective.part(), List.of());
        List<Sample> total = samples.getOrDefault(objective.total(), List.of());
        part.forEach(sample -> sort(sample, canary, baseline, true));
        total.forEach(sample -> sort(sample, canary, baseline, false));
        return new ObjectiveCounters(
                objective.counted(), canary.counters(objective.counted()), baseline.counters(objective.counted()));
    }

    private void sort(Sample sample, Pods canary, Pods baseline, boolean isPart) {
        double value = sample.value();
        Map<String, String> labels = sample.labels();
        Pods pods = arms.isCanary(labels) ? canary : arms.isBaseline(labels) ? baseline : null;
        if (pods == null) {
            return;
        }
        if (!(value >= 0 && value <= LARGEST)) {
            notes.add("left out " + new TreeMap<>(labels) + ": its value is " + value + ", which is no count");
            return;
        }
        String series = key(labels, false);
        Map<String, Double> kept = pods.series(key(labels, true), isPart);
        if (kept.putIfAbsent(series, value) != null) {
            notes.add("left out " + new TreeMap<>(labels) + ": the source gave this series twice");
        }
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

    /** The pods of one arm, while their series are collected. */
    private static final class Pods {
        private final Map<String, Map<String, Double>> parts = new HashMap<>();
        private final Map<String, Map<String, Double>> totals = new HashMap<>();

        Map<String, Double> series(String pod, boolean isPart) {
            parts.computeIfAbsent(pod, p -> new HashMap<>());
            totals.computeIfAbsent(pod, p -> new HashMap<>());
            return (isPart ? parts : totals).getOrDefault(pod, Map.of());
        }

        Map<String, PodCounters> counters(Counted counted) {
            Map<String, PodCounters> counters = new HashMap<>();
            parts.forEach((pod, part) -> {
                Map<String, Double> total = totals.getOrDefault(pod, Map.of());
                counters.put(
                        pod,
                        counted == Counted.GOOD
                                ? new PodCounters(part, Map.of(), total)
                                : new PodCounters(Map.of(), part, total));
            });
            return counters;
        }
    }
}
