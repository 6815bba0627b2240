package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.query.SelectorException;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Optional;

/** Reads a {@code metricSource}: which source, and the query it is asked. */
final class MetricQueryReader {
    private final DeclaredSources sources;

    MetricQueryReader(DeclaredSources sources) {
        this.sources = sources;
    }

    /** The query of a mapping that holds a {@code metricSource}; empty after a fault. */
    Optional<MetricQuery> read(YamlMapping holder) {
        YamlMapping metricSource = holder.requiredMapping("metricSource");
        YamlMapping spec = metricSource.requiredMapping("spec");
        Optional<String> source = metricSource.has("spec") ? sources.resolve(metricSource) : Optional.empty();
        Optional<Selector> selector = selector(source.orElse(""), spec);
        spec.rejectUnknown();
        metricSource.leaveAlone("type", "metricSourceRef");
        metricSource.rejectUnknown();
        holder.rejectUnknown();
        return source.flatMap(name -> selector.map(query -> new MetricQuery(name, query)));
    }

    private Optional<Selector> selector(String source, YamlMapping spec) {
        String query = spec.text("query");
        if (query.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(sources.selector(source, query));
        } catch (SelectorException e) {
            fault(spec, query, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Records a fault of a query at its line. */
    static void fault(YamlMapping spec, String query, String reason) {
        spec.fault("query", spec.path("query") + " is '" + query + "': " + reason);
    }
}
