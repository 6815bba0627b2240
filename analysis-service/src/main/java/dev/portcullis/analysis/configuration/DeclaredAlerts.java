package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.budget.BurnRateRow;
import dev.portcullis.analysis.budget.BurnRateRows;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.List;
import java.util.Optional;

/** The alert policies of a folder, and the answer to which rows an SLO's are. */
final class DeclaredAlerts {
    private static final String POLICIES = "alertPolicies";
    private static final String ENTRY = "{alertPolicyRef: name}, or a whole AlertPolicy";

    private final ReferenceReader policies;
    private final AlertPolicyReader reader;

    private DeclaredAlerts(List<ConfigurationDocument> documents) {
        this.policies = ReferenceReader.of("alertPolicyRef", "AlertPolicy", documents);
        this.reader = new AlertPolicyReader(documents);
    }

    /** The alert policies of a folder; what is wrong with one is recorded whether or not an SLO means it. */
    static DeclaredAlerts read(List<ConfigurationDocument> documents) {
        DeclaredAlerts alerts = new DeclaredAlerts(documents);
        alerts.policies.specs().values().forEach(alerts.reader::read);
        return alerts;
    }

    /** The rows of an SLO's {@code alertPolicies}; empty when it has none or after a fault. */
    Optional<BurnRateRows> of(YamlMapping spec) {
        List<YamlMapping> entries = spec.mappings(POLICIES, ENTRY);
        List<BurnRateRow> rows = entries.stream()
                .flatMap(entry -> policies.spec(entry).flatMap(reader::read).stream())
                .toList();
        return rows.isEmpty() || rows.size() < entries.size() ? Optional.empty() : Optional.of(new BurnRateRows(rows));
    }
}
