package dev.portcullis.launcher.doctor;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.configuration.Places;
import dev.portcullis.analysis.diagnosis.Finding;
import dev.portcullis.analysis.diagnosis.Pause;
import dev.portcullis.gate.configuration.GatePolicies;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.rollback.configuration.RollbackPlans;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A configuration folder, ready to be held against the world.
 *
 * @param documents all of them
 * @param analysis what is measured; incomplete when there are faults
 * @param rollbacks ways back by service; incomplete when there are faults
 * @param faults by file and line; only without any it can be held against the world
 */
public record LoadedConfiguration(
        List<ConfigurationDocument> documents,
        AnalysisConfiguration analysis,
        RollbackPlans rollbacks,
        List<Fault> faults) {
    /** The variable that says where the Prometheus is that no DataSource names. */
    public static final String PROMETHEUS = "PORTCULLIS_PROMETHEUS_URL";

    public LoadedConfiguration {
        documents = List.copyOf(documents);
        faults = List.copyOf(faults);
    }

    /**
     * A finding and where it is to be mended.
     *
     * @param place file, line, and what was found in one line
     */
    public record LocatedFinding(Finding finding, Fault place) {}

    /**
     * Reads a folder.
     *
     * @param prometheus the server for SLOs that name none
     */
    public static LoadedConfiguration read(Path folder, String prometheus) {
        Faults faults = new Faults();
        List<ConfigurationDocument> documents = new ConfigurationFolder(folder).read(faults);
        AnalysisConfiguration analysis = analysis(documents, faults, prometheus);
        GatePolicies.parse(documents, faults);
        RollbackPlans rollbacks = dev.portcullis.rollback.Wiring.targetKinds().parse(documents, faults);
        return new LoadedConfiguration(documents, analysis, rollbacks, faults.list());
    }

    private static AnalysisConfiguration analysis(
            List<ConfigurationDocument> documents, Faults faults, String prometheus) {
        try {
            return Wiring.check(documents, faults, prometheus);
        } catch (IllegalArgumentException e) {
            faults.add(PROMETHEUS, 0, String.valueOf(e.getMessage()));
            return Wiring.check(documents, faults);
        }
    }

    /** The same as the environment has it. */
    static LoadedConfiguration read(Environment environment) {
        return read(environment.config(), environment.get(PROMETHEUS, Wiring.DEFAULT_PROMETHEUS));
    }

    /** What the metric sources have to say to it. Blocks for seconds. */
    public List<LocatedFinding> diagnose(Pause pause) {
        Places places = new Places(documents);
        return Wiring.diagnose(analysis, pause).stream()
                .map(finding -> new LocatedFinding(finding, places.at(finding)))
                .toList();
    }

    /** Names of the sources that policies use. */
    public SortedSet<String> sources() {
        SortedSet<String> used = new TreeSet<>();
        analysis.services().values().forEach(service -> service.objectives()
                .forEach(objective -> used.add(objective.indicator().source())));
        return used;
    }
}
