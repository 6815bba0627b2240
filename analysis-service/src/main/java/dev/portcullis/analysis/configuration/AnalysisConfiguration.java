package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration folder as analysis-service sees it.
 *
 * @param services objectives by service
 * @param sources metric sources by name, default ones among them
 */
public record AnalysisConfiguration(
        SortedMap<String, ServiceObjectives> services, Map<String, SourceDefinition> sources) {
    public AnalysisConfiguration {
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
        sources = Map.copyOf(sources);
    }

    /**
     * Reads SLOs, DataSources and the sections of ReleasePolicies that concern measuring; opens nothing.
     *
     * @param faults gets everything that is wrong; if it is not empty afterwards, the result is incomplete
     * @param kinds the kinds of sources there are
     */
    public static AnalysisConfiguration parse(
            List<ConfigurationDocument> documents, Faults faults, List<SourceKind> kinds) {
        DeclaredSources sources = DeclaredSources.read(documents, faults, kinds);
        Map<String, DeclaredSlo> slos = new HashMap<>();
        SloReader reader = new SloReader(sources, faults);
        for (ConfigurationDocument document : documents) {
            if (document.kind().equals("SLO")) {
                slos.put(document.name(), reader.read(document));
            }
        }
        PolicyReader policies = new PolicyReader(slos, sources);
        SortedMap<String, ServiceObjectives> services = new TreeMap<>();
        for (ReleasePolicyDocument policy : ReleasePolicyDocument.all(documents, faults)) {
            policies.read(policy).ifPresent(objectives -> services.put(objectives.service(), objectives));
        }
        return new AnalysisConfiguration(services, sources.definitions());
    }
}
