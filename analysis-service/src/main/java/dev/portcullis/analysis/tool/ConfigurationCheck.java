package dev.portcullis.analysis.tool;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.inspection.SourceInspection;
import dev.portcullis.analysis.tool.diagnosis.Diagnosis;
import dev.portcullis.analysis.tool.diagnosis.Finding;
import dev.portcullis.analysis.tool.diagnosis.Pause;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;

/** A configuration checked without a running service: read as the service would read it, and held against its metric sources. */
public final class ConfigurationCheck {
    private ConfigurationCheck() {}

    /**
     * Reads what this service reads of a configuration folder; starts nothing and asks no source.
     *
     * @param faults gets everything that is wrong
     * @return objectives and SLOs; incomplete when there are faults
     */
    public static AnalysisConfiguration read(List<ConfigurationDocument> documents, Faults faults) {
        return read(documents, faults, Wiring.DEFAULT_PROMETHEUS);
    }

    /**
     * The same, with the address of a Prometheus for those SLOs that name no source.
     *
     * @throws IllegalArgumentException when that is no address; nothing was read then
     */
    public static AnalysisConfiguration read(List<ConfigurationDocument> documents, Faults faults, String prometheus) {
        return read(documents, faults, prometheus, Clock.systemUTC());
    }

    /** The same by a clock, which times what is read of the sources. */
    public static AnalysisConfiguration read(
            List<ConfigurationDocument> documents, Faults faults, String prometheus, Clock clock) {
        return AnalysisConfiguration.parse(documents, faults, Wiring.sourceKinds(prometheus, clock));
    }

    /**
     * Holds a configuration against what its metric sources have now. Blocks for seconds.
     *
     * @param pause between two looks at sources that keep no history
     */
    public static List<Finding> diagnose(AnalysisConfiguration configuration, Pause pause) {
        var inspections = new HashMap<String, SourceInspection>();
        configuration.sources().forEach((name, source) -> source.inspection()
                .ifPresent(inspection -> inspections.put(name, inspection)));
        return new Diagnosis(inspections, pause).of(configuration.services().values());
    }
}
