package dev.portcullis.analysis.configuration;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the entries of a list that each name a document of one kind or hold one.
 *
 * @param key the key that names it, such as {@code conditionRef}
 * @param kind such as {@code AlertCondition}
 * @param specs of the documents of that kind, by name
 */
record ReferenceReader(String key, String kind, Map<String, YamlMapping> specs) {
    private static final String SPEC = "spec";

    static ReferenceReader of(String key, String kind, List<ConfigurationDocument> documents) {
        Map<String, YamlMapping> specs = new TreeMap<>();
        documents.stream()
                .filter(document -> document.kind().equals(kind))
                .forEach(document -> specs.put(document.name(), document.spec()));
        return new ReferenceReader(key, kind, specs);
    }

    /** The spec of what an entry means; empty after a fault. */
    Optional<YamlMapping> spec(YamlMapping entry) {
        entry.describe(key, "required without " + SPEC, "a document of kind " + kind);
        entry.describe(SPEC, "required without " + key, "");
        Optional<YamlMapping> found =
                entry.has(key) == entry.has(SPEC) ? unclear(entry) : entry.has(key) ? named(entry) : inline(entry);
        entry.rejectUnknown();
        return found;
    }

    private Optional<YamlMapping> unclear(YamlMapping entry) {
        String found = entry.has(key) ? " are both given" : " are both missing";
        entry.fault(
                key,
                entry.path(key) + " and " + SPEC + found + "; legal: one of them, the name of a document of kind "
                        + kind + ", or {kind: " + kind + ", metadata: {name: ...}, spec: {...}}");
        entry.leaveAlone("kind", "metadata");
        return Optional.empty();
    }

    private Optional<YamlMapping> named(YamlMapping entry) {
        if (specs.isEmpty()) {
            entry.written(key)
                    .ifPresent(name -> entry.fault(
                            key,
                            entry.path(key) + " is '" + name + "', but the folder has no document of kind " + kind
                                    + "; add one, or write it out here"));
            return Optional.empty();
        }
        return entry.choice(key, specs.keySet()).map(specs::get);
    }

    private Optional<YamlMapping> inline(YamlMapping entry) {
        entry.leaveAlone("apiVersion", "metadata");
        entry.describe("kind", "required with " + SPEC, "");
        DeclaredSources.required(entry, "kind", List.of(kind));
        return entry.mapping(SPEC);
    }
}
