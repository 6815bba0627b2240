package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What labels some series have. */
final class LabelValues {
    private static final SortedSet<String> POD = new TreeSet<>(java.util.Set.of("namespace", "pod", "instance"));

    private LabelValues() {}

    /** Names of labels, without that of the metric's name. */
    static SortedSet<String> names(Collection<Sample> samples) {
        return samples.stream()
                .flatMap(sample -> sample.labels().keySet().stream())
                .filter(label -> !label.equals(Selector.NAME_LABEL))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Values of a label; series without it have none. */
    static SortedSet<String> values(Collection<Sample> samples, String label) {
        return samples.stream()
                .map(sample -> sample.labels().getOrDefault(label, ""))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static long without(Collection<Sample> samples, String label) {
        return samples.stream()
                .filter(sample -> sample.labels().getOrDefault(label, "").isEmpty())
                .count();
    }

    /** The pod of a series, known by the labels that name pods. */
    static SortedMap<String, String> pod(Sample sample) {
        SortedMap<String, String> pod = new TreeMap<>(sample.labels());
        pod.keySet().retainAll(POD);
        return pod;
    }

    /** The sum of the counts of each pod. */
    static Map<SortedMap<String, String>, Double> byPod(Collection<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.value() >= 0 && sample.value() < Double.POSITIVE_INFINITY)
                .collect(Collectors.groupingBy(LabelValues::pod, Collectors.summingDouble(Sample::value)));
    }

    /** A pod in a sentence. */
    static String shown(SortedMap<String, String> pod) {
        return pod.containsKey("pod")
                ? pod.get("pod")
                : pod.getOrDefault("instance", pod.isEmpty() ? "the only pod" : pod.toString());
    }
}
