package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.source.SourceDefinition;
import dev.portcullis.analysis.source.SourceKind;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.ReleasePolicyDocument;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration folder as analysis-service sees it.
 *
 * @param services objectives by service
 * @param sources metric sources by name, default ones among them
 * @param slos every SLO that is declared, by name, whether or not a policy uses it
 */
public record AnalysisConfiguration(
        SortedMap<String, ServiceObjectives> services, Map<String, SourceDefinition> sources, List<BudgetedSlo> slos) {
    /** The configuration of a folder in which nothing is written yet. */
    static final AnalysisConfiguration EMPTY = new AnalysisConfiguration(new TreeMap<>(), Map.of(), List.of());

    public AnalysisConfiguration {
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
        sources = Map.copyOf(sources);
        slos = List.copyOf(slos);
    }

    /**
     * Reads OpenSLO's documents and the sections of ReleasePolicies that concern measuring; opens nothing.
     *
     * @param faults gets everything that is wrong; if it is not empty afterwards, the result is incomplete
     * @param kinds the kinds of sources there are
     */
    public static AnalysisConfiguration parse(
            List<ConfigurationDocument> documents, Faults faults, List<SourceKind> kinds) {
        DeclaredSources sources = DeclaredSources.read(documents, faults, kinds);
        SortedMap<String, DeclaredSlo> slos = new TreeMap<>();
        DeclaredServices.check(documents);
        SloReader reader =
                new SloReader(DeclaredIndicators.read(documents, sources), DeclaredAlerts.read(documents), faults);
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
        return new AnalysisConfiguration(services, sources.definitions(), budgeted(slos, sources));
    }

    private static List<BudgetedSlo> budgeted(SortedMap<String, DeclaredSlo> slos, DeclaredSources sources) {
        return slos.entrySet().stream()
                .flatMap(slo -> slo.getValue().budgeted(slo.getKey(), sources).stream())
                .toList();
    }
}
