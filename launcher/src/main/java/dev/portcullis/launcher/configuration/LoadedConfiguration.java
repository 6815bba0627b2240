package dev.portcullis.launcher.configuration;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.tool.ConfigurationCheck;
import dev.portcullis.analysis.tool.Places;
import dev.portcullis.analysis.tool.diagnosis.Finding;
import dev.portcullis.analysis.tool.diagnosis.Pause;
import dev.portcullis.gate.RuleWiring;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.identity.AccessDocuments;
import dev.portcullis.rollback.configuration.RollbackPlans;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What all three services together make of one reading of a configuration folder. Immutable.
 *
 * @param documents all of them
 * @param analysis what is measured; incomplete when there are faults
 * @param rollbacks ways back by service; incomplete when there are faults
 * @param faults those of the folder, by file and line; only without any it can be held against the world
 * @param settingFault what is wrong with the address of the Prometheus that the environment names, under the name of its variable
 */
public record LoadedConfiguration(
        List<ConfigurationDocument> documents,
        AnalysisConfiguration analysis,
        RollbackPlans rollbacks,
        List<Fault> faults,
        Optional<Fault> settingFault) {
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

    /** Reads a folder, whatever the environment says. */
    public static LoadedConfiguration read(Path folder) {
        return read(folder, Optional.empty());
    }

    /**
     * Reads a folder.
     *
     * @param prometheus the address for SLOs that name no source; the services' default when empty
     */
    public static LoadedConfiguration read(Path folder, Optional<String> prometheus) {
        var faults = new Faults();
        return of(new ConfigurationFolder(folder).read(faults), faults, prometheus);
    }

    /** The same of documents that were read before, with the faults of that reading, to which others are added. */
    public static LoadedConfiguration of(List<ConfigurationDocument> documents, Faults faults) {
        return of(documents, faults, Optional.empty());
    }

    private static LoadedConfiguration of(
            List<ConfigurationDocument> documents, Faults faults, Optional<String> prometheus) {
        AccessDocuments.parse(documents, faults);
        var rollbacks = dev.portcullis.rollback.Wiring.targetKinds().parse(documents, faults);
        var settingFault = new Faults();
        var analysis = analysis(documents, faults, prometheus.orElse(Wiring.DEFAULT_PROMETHEUS), settingFault);
        // Last, since tests are run only where nothing else is wrong.
        RuleWiring.test(documents, faults);
        return new LoadedConfiguration(
                documents,
                analysis,
                rollbacks,
                faults.list(),
                settingFault.list().stream().findFirst());
    }

    private static AnalysisConfiguration analysis(
            List<ConfigurationDocument> documents, Faults faults, String prometheus, Faults settingFault) {
        try {
            return ConfigurationCheck.read(documents, faults, prometheus);
        } catch (IllegalArgumentException e) {
            settingFault.add(PROMETHEUS, 0, String.valueOf(e.getMessage()));
            return ConfigurationCheck.read(documents, faults);
        }
    }

    /** Whether anything is wrong, with the folder or with the setting. */
    public boolean isFaulty() {
        return !faults.isEmpty() || settingFault.isPresent();
    }

    /** The folder's faults and the setting's, by file and line. */
    public List<Fault> allFaults() {
        var all = new Faults();
        faults.forEach(all::add);
        settingFault.ifPresent(all::add);
        return all.list();
    }

    /** How many of the documents are release policies. */
    public long policies() {
        return documents.stream()
                .filter(document -> document.kind().equals("ReleasePolicy"))
                .count();
    }

    /** What the metric sources have to say to it. Blocks for seconds. */
    public List<LocatedFinding> diagnose(Pause pause) {
        var places = new Places(documents);
        return ConfigurationCheck.diagnose(analysis, pause).stream()
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
