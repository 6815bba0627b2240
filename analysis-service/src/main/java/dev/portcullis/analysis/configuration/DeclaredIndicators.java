package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The documents of kind SLI of a folder, and the answer to which indicator an SLO means: one of them, or its own. */
final class DeclaredIndicators {
    private static final String INLINE = "indicator";
    private static final String REFERENCE = "indicatorRef";

    private final IndicatorReader reader;
    private final Map<String, YamlMapping> roots = new TreeMap<>();

    private DeclaredIndicators(IndicatorReader reader) {
        this.reader = reader;
    }

    /** The indicators of a folder; what is wrong with one is recorded whether or not an SLO means it. */
    static DeclaredIndicators read(List<ConfigurationDocument> documents, DeclaredSources sources) {
        DeclaredIndicators indicators = new DeclaredIndicators(new IndicatorReader(sources));
        for (ConfigurationDocument document : documents) {
            if (document.kind().equals("SLI")) {
                indicators.roots.put(document.name(), document.root());
                indicators.reader.read(document.root(), OptionalDouble.empty());
            }
        }
        return indicators;
    }

    /** Whether the indicator that an SLO means needs a threshold. */
    boolean needsThreshold(YamlMapping spec) {
        return spec.written(REFERENCE)
                .map(name -> Optional.ofNullable(roots.get(name)))
                .orElseGet(() -> spec.mapping(INLINE))
                .filter(IndicatorReader::needsThreshold)
                .isPresent();
    }

    /**
     * The indicator of an SLO; empty after a fault.
     *
     * @param limit the objective's {@code value}; empty when there is none or after a fault
     */
    Optional<Indicator> of(YamlMapping spec, OptionalDouble limit) {
        spec.describe(INLINE, "required without " + REFERENCE, "");
        spec.describe(REFERENCE, "required without " + INLINE, "a document of kind SLI");
        if (spec.has(INLINE) == spec.has(REFERENCE)) {
            String found = spec.has(INLINE) ? " are both given" : " are both missing";
            spec.fault(
                    spec.has(INLINE) ? REFERENCE : INLINE,
                    spec.path(INLINE) + " and " + REFERENCE + found
                            + "; legal: one of them, the indicator itself or the name of a document of kind SLI");
            return Optional.empty();
        }
        return spec.has(REFERENCE)
                ? referred(spec).flatMap(root -> reader.read(root, limit))
                : spec.mapping(INLINE).flatMap(indicator -> reader.readInline(indicator, limit));
    }

    private Optional<YamlMapping> referred(YamlMapping spec) {
        if (roots.isEmpty()) {
            spec.written(REFERENCE)
                    .ifPresent(name -> spec.fault(
                            REFERENCE,
                            spec.path(REFERENCE) + " is '" + name + "', but the folder has no document of kind SLI; add"
                                    + " one, or write the indicator into the SLO"));
            return Optional.empty();
        }
        return spec.choice(REFERENCE, roots.keySet()).map(roots::get);
    }
}
