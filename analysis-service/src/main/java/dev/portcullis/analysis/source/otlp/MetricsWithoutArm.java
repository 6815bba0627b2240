package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SeriesIndex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Metrics of a pod of which not one series has a label that tells the arms apart. Where others of the metric have it, those without may be meant to be of neither arm: a Collector that reads pages drops a
 * label with an empty value, such as ingress-nginx gives to all that is not the canary's.
 */
final class MetricsWithoutArm {
    private static final Set<String> METRIC_AND_POD = Set.of(Selector.NAME_LABEL, "namespace", "pod", "instance");

    private MetricsWithoutArm() {}

    /**
     * Finds those that queries would mean.
     *
     * @param found gets each of their samples, with the position of the query
     */
    static void find(List<ReceivedSeries> series, SeriesIndex index, BiConsumer<Integer, Sample> found) {
        List<Sample> without = series.stream()
                .filter(one -> !index.hasArmLabels(one.labels().keySet()))
                .flatMap(one -> one.samples().stream())
                .filter(sample -> !index.withoutArm(
                                sample.labels(), sample.labels().keySet())
                        .isEmpty())
                .toList();
        if (without.isEmpty()) {
            return;
        }
        Map<Map<String, String>, Set<String>> names = new HashMap<>();
        without.forEach(sample -> names.put(metricAndPod(sample), new HashSet<>()));
        series.stream().flatMap(one -> one.samples().stream()).forEach(sample -> {
            Set<String> ofMetric = names.get(metricAndPod(sample));
            if (ofMetric != null) {
                ofMetric.addAll(sample.labels().keySet());
            }
        });
        without.forEach(sample -> index.withoutArm(sample.labels(), names.getOrDefault(metricAndPod(sample), Set.of()))
                .forEach(query -> found.accept(query, sample)));
    }

    private static Map<String, String> metricAndPod(Sample sample) {
        Map<String, String> key = new HashMap<>(sample.labels());
        key.keySet().retainAll(METRIC_AND_POD);
        return key;
    }
}
