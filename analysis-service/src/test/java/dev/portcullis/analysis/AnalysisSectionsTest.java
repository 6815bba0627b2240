package dev.portcullis.analysis;

import dev.portcullis.analysis.tool.ConfigurationCheck;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.SectionReaderContract;
import java.util.List;

final class AnalysisSectionsTest extends SectionReaderContract {
    @Override
    protected String service() {
        return "analysis";
    }

    @Override
    protected List<String> sections(String value) {
        return List.of("preset: " + value);
    }

    @Override
    protected String legal() {
        return "spring-boot";
    }

    @Override
    protected void parse(ConfigurationFolder content, Faults faults) {
        ConfigurationCheck.read(content.read(faults), faults);
    }
}
