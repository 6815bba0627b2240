package dev.portcullis.launcher.configuration;

import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.analysis.tool.ConfigurationCheck;
import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.KeyListener;
import dev.portcullis.kit.identity.AccessDocuments;
import dev.portcullis.rollback.configuration.RollbackPlans;
import java.util.List;
import java.util.Map;

/**
 * What the three services make of a configuration.
 *
 * @param services objectives and settings by service (analysis-service)
 * @param gate the policies of gate-service
 * @param rollbacks the plans of rollback-service
 */
record FolderReading(
        List<ConfigurationDocument> documents,
        Map<String, ServiceObjectives> services,
        GatePolicies gate,
        RollbackPlans rollbacks,
        List<Fault> faults) {
    static FolderReading of(String yaml) {
        return of(yaml, KeyListener.NONE);
    }

    /** The same, while {@code listener} hears what is asked for. */
    static FolderReading of(String yaml, KeyListener listener) {
        var faults = new Faults(listener);
        var documents = ConfigurationDocument.ofText("example.yaml", yaml, faults);
        var analysis = ConfigurationCheck.read(documents, faults);
        AccessDocuments.parse(documents, faults);
        var gate = GatePolicies.parse(documents, faults, RuleWiring.policyRules());
        var rollbacks = dev.portcullis.rollback.Wiring.targetKinds().parse(documents, faults);
        return new FolderReading(documents, analysis.services(), gate, rollbacks, faults.list());
    }
}
