package dev.portcullis.analysis;

import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReader;
import java.util.List;

/** What analysis-service reads of a configuration folder, for the other services to ask: SLOs, their sources, and of a policy what is measured. */
public final class AnalysisSections implements SectionReader {
    @Override
    public String service() {
        return "analysis";
    }

    @Override
    public void read(List<ConfigurationDocument> documents, Faults faults) {
        Wiring.check(documents, faults);
    }
}
