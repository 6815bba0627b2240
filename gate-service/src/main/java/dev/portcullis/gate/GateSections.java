package dev.portcullis.gate;

import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReader;
import java.util.List;

/** What gate-service reads of a configuration folder, for the other services to ask: of a policy what is decided. */
public final class GateSections implements SectionReader {
    @Override
    public String service() {
        return "gate";
    }

    @Override
    public void read(List<ConfigurationDocument> documents, Faults faults) {
        GatePolicies.parse(documents, faults, RuleWiring.policyRules());
    }
}
