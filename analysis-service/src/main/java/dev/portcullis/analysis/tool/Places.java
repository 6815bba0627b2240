package dev.portcullis.analysis.tool;

import dev.portcullis.analysis.tool.diagnosis.Finding;
import dev.portcullis.analysis.tool.diagnosis.Subject;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Optional;

/** Where in a configuration folder that has no faults something is written. Not thread-safe. */
public final class Places {
    private static final List<String> WAY_TO_METRIC = List.of("indicator", "spec");
    private static final List<String> WAY_TO_QUERY = List.of("metricSource", "spec");

    private final List<ConfigurationDocument> documents;

    public Places(List<ConfigurationDocument> documents) {
        this.documents = List.copyOf(documents);
    }

    /** A finding with the place that has to be changed: what a fault of the folder itself looks like. */
    public Fault at(Finding finding) {
        String grave =
                switch (finding.severity()) {
                    case FAULT -> "";
                    case WARNING -> "warning: ";
                    case NOTE -> "note: ";
                };
        return switch (finding.subject()) {
            case Subject.OfSource source ->
                document("DataSource", source.source())
                        .map(document -> new Fault(document.file(), document.line(), grave + finding.text()))
                        .orElseGet(() -> new Fault("PORTCULLIS_PROMETHEUS_URL", 0, grave + finding.text()));
            case Subject.OfPolicy policy -> policy(policy.service(), grave + finding.text());
            case Subject.OfQuery query ->
                query(query, grave + query.objective() + ", " + query.part() + ": " + finding.text());
        };
    }

    private Fault policy(String service, String message) {
        return documents.stream()
                .filter(document -> document.kind().equals("ReleasePolicy"))
                .map(ConfigurationDocument::spec)
                .filter(spec -> spec.isWord("service", service))
                .map(spec -> new Fault(spec.file(), spec.line("service"), message))
                .findFirst()
                .orElseGet(() -> new Fault("service " + service, 0, message));
    }

    /** An SLO that stands in no document is made by the policy's preset. */
    private Fault query(Subject.OfQuery query, String message) {
        return document("SLO", query.objective())
                .map(document -> new Fault(document.file(), line(document, query.part()), message))
                .orElseGet(() -> policy(query.service(), message));
    }

    /** The line of the query, or as near to it as its form lets one go. */
    private static int line(ConfigurationDocument document, String part) {
        YamlMapping at = down(document.spec(), WAY_TO_METRIC);
        String metric = at.has("thresholdMetric") ? "thresholdMetric" : "ratioMetric";
        at = down(at, List.of(metric));
        at = at.has(part) ? down(at, List.of(part)) : at;
        return down(at, WAY_TO_QUERY).line("query");
    }

    private static YamlMapping down(YamlMapping from, List<String> keys) {
        YamlMapping at = from;
        for (String key : keys) {
            YamlMapping here = at;
            at = Optional.of(key).filter(here::isMapping).flatMap(here::mapping).orElse(here);
        }
        return at;
    }

    private Optional<ConfigurationDocument> document(String kind, String name) {
        return documents.stream()
                .filter(document ->
                        document.kind().equals(kind) && document.name().equals(name))
                .findFirst();
    }
}
