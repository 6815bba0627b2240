package dev.portcullis.analysis.rules;

import dev.portcullis.kit.text.DurationText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The layout of a file with rules, as maps, lists and texts in the order in which they are written. */
public final class RuleFile {
    private RuleFile() {}

    /** A rule file of Prometheus. */
    public static Map<String, Object> prometheus(List<RuleGroup> groups) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("groups", groups.stream().map(RuleFile::group).toList());
        return file;
    }

    /**
     * A PrometheusRule for the Prometheus Operator.
     *
     * @param name of the resource
     * @param labels of the resource, by which a Prometheus selects it
     */
    public static Map<String, Object> kubernetes(
            List<RuleGroup> groups, String name, SortedMap<String, String> labels) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        if (!labels.isEmpty()) {
            metadata.put("labels", labels);
        }
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", "monitoring.coreos.com/v1");
        resource.put("kind", "PrometheusRule");
        resource.put("metadata", metadata);
        resource.put("spec", prometheus(groups));
        return resource;
    }

    private static Map<String, Object> group(RuleGroup group) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", group.name());
        if (!group.interval().isZero()) {
            fields.put("interval", DurationText.compact(group.interval()));
        }
        fields.put("rules", group.rules().stream().map(RuleFile::rule).toList());
        return fields;
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (rule) {
            case Rule.Recording recording -> {
                fields.put("record", recording.record());
                fields.put("expr", recording.expr());
                fields.put("labels", recording.labels());
            }
            case Rule.Alert alert -> {
                fields.put("alert", alert.alert());
                fields.put("expr", alert.expr());
                if (!alert.hold().isZero()) {
                    fields.put("for", DurationText.compact(alert.hold()));
                }
                fields.put("labels", alert.labels());
                fields.put("annotations", alert.annotations());
            }
        }
        return fields;
    }
}
