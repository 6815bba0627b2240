package dev.portcullis.analysis;

import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReader;
import java.time.Clock;
import java.util.List;

/** What analysis-service reads of a configuration folder, for the other services to ask: SLOs, their sources, and of a policy what is measured. */
public final class AnalysisSections implements SectionReader {
    @Override
    public String service() {
        return "analysis";
    }

    @Override
    public void read(List<ConfigurationDocument> documents, Faults faults) {
        var kinds = Wiring.sourceKinds(Wiring.DEFAULT_PROMETHEUS, Clock.systemUTC());
        AnalysisConfiguration.parse(documents, faults, kinds);
    }
}
