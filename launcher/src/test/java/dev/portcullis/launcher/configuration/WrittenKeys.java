package dev.portcullis.launcher.configuration;

import dev.portcullis.kit.configuration.YamlMapping;
import java.util.ArrayList;
import java.util.List;

/** The keys that stand in a mapping and below it, in the spelling of the page's tables. */
final class WrittenKeys {
    private static final String METRICS = "analysis.mannWhitney.metrics";

    private final List<String> keys = new ArrayList<>();

    private WrittenKeys() {}

    static List<String> of(YamlMapping spec) {
        var written = new WrittenKeys();
        written.add(spec, "");
        return written.keys;
    }

    private void add(YamlMapping mapping, String path) {
        for (var key : mapping.keys()) {
            // The one mapping whose keys are names of the user's choice.
            var name = path.equals(METRICS) ? "<slo>" : key;
            var full = path.isEmpty() ? name : path + "." + name;
            keys.add(full);
            if (mapping.isMapping(key)) {
                add(mapping.requiredMapping(key), full);
            } else {
                mapping.mappings(key).forEach(item -> add(item, full + "[]"));
            }
        }
    }
}
