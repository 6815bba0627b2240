package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.query.Selector;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of series, made of attributes: of the resource, then of the data point, which win. The names that Prometheus has for a pod, {@code namespace},
 * {@code pod}, {@code instance} and {@code job}, are added.
 */
final class OtlpLabels {
    private static final int MOST_CHARACTERS = 8192;

    private OtlpLabels() {}

    /** What all series of a scope have in common. */
    static Map<String, String> common(Resource resource, InstrumentationScope scope) {
        Map<String, String> labels = of(resource.getAttributesList());
        alias(labels, "k8s_namespace_name", "namespace");
        alias(labels, "k8s_pod_name", "pod");
        alias(labels, "service_instance_id", "instance");
        String service = labels.getOrDefault("service_name", "");
        String namespace = labels.getOrDefault("service_namespace", "");
        labels.put("job", service.isEmpty() || namespace.isEmpty() ? service : namespace + "/" + service);
        labels.put("otel_scope_name", scope.getName());
        labels.put("otel_scope_version", scope.getVersion());
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /** The labels of one series. */
    static Map<String, String> of(String metric, Map<String, String> common, List<KeyValue> attributes)
            throws RejectedPointException {
        Map<String, String> labels = new HashMap<>(common);
        labels.putAll(of(attributes));
        labels.values().removeIf(String::isEmpty);
        labels.put(Selector.NAME_LABEL, metric);
        long characters = labels.entrySet().stream()
                .mapToLong(label -> label.getKey().length() + label.getValue().length())
                .sum();
        if (characters > MOST_CHARACTERS) {
            throw new RejectedPointException(RejectionReason.TOO_LARGE);
        }
        return Map.copyOf(labels);
    }

    /** Of attributes that become the same label, all values are kept, as the specification wants it. */
    private static Map<String, String> of(List<KeyValue> attributes) {
        Map<String, String> labels = new HashMap<>();
        attributes.stream()
                .sorted(Comparator.comparing(KeyValue::getKey))
                .forEach(attribute -> labels.merge(
                        name(attribute.getKey()),
                        AttributeText.of(attribute.getValue()),
                        (first, second) -> first + ";" + second));
        return labels;
    }

    private static void alias(Map<String, String> labels, String label, String alias) {
        String value = labels.get(label);
        if (value != null) {
            labels.putIfAbsent(alias, value);
        }
    }

    /** The label that an attribute becomes. */
    static String name(String key) {
        String name = key.replaceAll("[^a-zA-Z0-9]+", "_");
        return !name.isEmpty() && Character.isDigit(name.charAt(0)) ? "key_" + name : name;
    }
}
