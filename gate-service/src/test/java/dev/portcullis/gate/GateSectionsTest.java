package dev.portcullis.gate;

import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.SectionReaderContract;
import java.util.List;

final class GateSectionsTest extends SectionReaderContract {
    @Override
    protected String service() {
        return "gate";
    }

    @Override
    protected List<String> sections(String value) {
        return List.of("gate: {undecided: " + value + "}", "preset: spring-boot");
    }

    @Override
    protected String legal() {
        return "abort";
    }

    @Override
    protected void parse(ConfigurationFolder content, Faults faults) {
        GatePolicies.parse(content.read(faults), faults, RuleWiring.policyRules());
    }
}
