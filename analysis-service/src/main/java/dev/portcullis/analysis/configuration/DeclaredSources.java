package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metric sources of a folder, and the answer to which one an indicator means. */
final class DeclaredSources {
    private static final String TYPE = "type";
    private static final String DETAILS = "connectionDetails";
    private static final String REFERENCE = "metricSourceRef";

    private final List<SourceKind> kinds;
    private final Map<String, SourceDefinition> definitions = new HashMap<>();
    /** Type by name of the DataSource, faulty ones too: whoever names them is not to blame. */
    private final Map<String, String> types = new LinkedHashMap<>();

    private DeclaredSources(List<SourceKind> kinds) {
        this.kinds = kinds;
    }

    static DeclaredSources read(List<ConfigurationDocument> documents, Faults faults, List<SourceKind> kinds) {
        DeclaredSources sources = new DeclaredSources(kinds);
        kinds.forEach(
                kind -> kind.defaultSource().ifPresent(source -> sources.definitions.put(source.source(), source)));
        for (ConfigurationDocument document : documents) {
            if (document.kind().equals("DataSource")) {
                sources.declare(document, faults);
            }
        }
        return sources;
    }

    private void declare(ConfigurationDocument document, Faults faults) {
        YamlMapping spec = document.spec();
        spec.pass("description");
        spec.describe(TYPE, KeyDescription.REQUIRED, "");
        spec.describe(DETAILS, KeyDescription.REQUIRED, "");
        Optional<SourceKind> kind = required(spec, TYPE, kindNames()).flatMap(this::kind);
        Optional<YamlMapping> details = spec.has(DETAILS)
                ? spec.mapping(DETAILS)
                : Optional.of(spec.requiredMapping(DETAILS)).filter(absent -> false);
        spec.rejectUnknown();
        types.put(document.name(), kind.map(SourceKind::name).orElse(""));
        if (definitions.containsKey(document.name())) {
            document.root()
                    .requiredMapping("metadata")
                    .fault(
                            "name",
                            "DataSource '" + document.name()
                                    + "' has the name of the source that the service's own settings give; rename it");
            return;
        }
        kind.flatMap(k -> details.flatMap(d -> k.define(document.name(), d.only("type: " + k.name()), faults)))
                .ifPresent(source -> definitions.put(source.source(), source));
    }

    /** By name; faulty ones are not among them. */
    Map<String, SourceDefinition> definitions() {
        return definitions;
    }

    /** The name of the source that a {@code metricSource} means; empty after a fault. */
    Optional<String> resolve(YamlMapping metricSource) {
        metricSource.describe(REFERENCE, "the type's default source", "a DataSource");
        metricSource.describe(TYPE, "required without " + REFERENCE, String.join(", ", kindNames()));
        return metricSource.has(REFERENCE) ? referred(metricSource) : defaultOf(metricSource);
    }

    /**
     * Reads a query in the language of a source; in PromQL when the source is faulty, whose fault is told elsewhere.
     *
     * @throws SelectorException when it is no query for counters
     */
    Selector selector(String source, String query) {
        SourceDefinition definition = definitions.get(source);
        return definition == null ? Selector.parse(query) : definition.selector(query);
    }

    /** Whether a source is asked in PromQL; a faulty one is presumed to be. */
    boolean speaksPromQl(String source) {
        SourceDefinition definition = definitions.get(source);
        return definition == null || definition.speaksPromQl();
    }

    /** Whether a source gives histograms; true of a faulty one. */
    boolean readsHistograms(String source) {
        SourceDefinition definition = definitions.get(source);
        return definition == null || definition.readsHistograms();
    }

    /** Whether a source gives native histograms; true of a faulty one, whose fault is told elsewhere. */
    boolean readsNativeHistograms(String source) {
        SourceDefinition definition = definitions.get(source);
        return definition == null || definition.readsNativeHistograms();
    }

    private Optional<String> referred(YamlMapping metricSource) {
        Optional<String> name = named(metricSource);
        String type = name.map(types::get).orElse("");
        if (type.isEmpty()) {
            metricSource.leaveAlone(TYPE);
        } else {
            metricSource.choice(TYPE, List.of(type));
        }
        return name;
    }

    /** The DataSource that a mapping's {@code metricSourceRef} names; empty after a fault. */
    Optional<String> named(YamlMapping metricSource) {
        if (types.isEmpty()) {
            metricSource.fault(
                    REFERENCE,
                    metricSource.path(REFERENCE) + " is '" + metricSource.text(REFERENCE)
                            + "', but the folder has no document of kind DataSource; add one, or leave it out to use "
                            + String.join(", ", definitions.keySet()));
            return Optional.empty();
        }
        return metricSource.choice(REFERENCE, types.keySet());
    }

    private Optional<String> defaultOf(YamlMapping metricSource) {
        Optional<SourceKind> kind = required(metricSource, TYPE, kindNames()).flatMap(this::kind);
        Optional<SourceDefinition> source = kind.flatMap(SourceKind::defaultSource);
        if (kind.isPresent() && source.isEmpty()) {
            String legal = types.isEmpty() ? "the name of a DataSource, of which there is none yet" : names();
            metricSource.fault(
                    TYPE,
                    metricSource.path(REFERENCE) + " is missing: sources of type "
                            + kind.get().name() + " have no default; legal: " + legal);
        }
        return source.map(SourceDefinition::source);
    }

    /** A word that must be there and be one of the legal ones. */
    static Optional<String> required(YamlMapping mapping, String key, List<String> legal) {
        if (!mapping.has(key)) {
            mapping.fault(key, mapping.path(key) + " is missing; legal: " + String.join(", ", legal));
            return Optional.empty();
        }
        return mapping.choice(key, legal);
    }

    private List<String> kindNames() {
        return kinds.stream().map(SourceKind::name).toList();
    }

    private Optional<SourceKind> kind(String name) {
        return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    private String names() {
        return String.join(", ", types.keySet());
    }
}
