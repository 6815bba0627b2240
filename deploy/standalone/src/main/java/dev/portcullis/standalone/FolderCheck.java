package dev.portcullis.standalone;

import dev.portcullis.analysis.budget.BudgetedSlo;
import dev.portcullis.analysis.configuration.AnalysisConfiguration;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.SectionReaders;
import dev.portcullis.kit.text.NumberText;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * What all three services together say of a configuration folder.
 *
 * @param documents how many documents were read
 * @param policies how many of them are release policies
 * @param services objectives by service; incomplete when there are faults
 * @param slos the SLOs by name, those without a policy too; incomplete when there are faults
 * @param faults by file and line; empty when the folder can be used
 */
record FolderCheck(
        int documents,
        long policies,
        SortedMap<String, ServiceObjectives> services,
        List<BudgetedSlo> slos,
        List<Fault> faults) {
    /** Reads the folder once and shows it to every service's parser. */
    static FolderCheck of(Path folder) {
        var faults = new Faults();
        var documents = new ConfigurationFolder(folder).read(faults);
        var measured = everyReader(documents, faults);
        return new FolderCheck(
                documents.size(),
                documents.stream().filter(FolderCheck::isPolicy).count(),
                measured.services(),
                measured.slos(),
                faults.list());
    }

    /** Shows documents to every service's parser; gives what analysis-service reads of them. */
    static AnalysisConfiguration everyReader(List<ConfigurationDocument> documents, Faults faults) {
        return SectionReaders.onClassPath()
                .before("analysis", dev.portcullis.analysis.Wiring::check)
                .apply(documents, faults);
    }

    private static boolean isPolicy(ConfigurationDocument document) {
        return document.kind().equals("ReleasePolicy");
    }

    String summary() {
        return NumberText.counted(documents, "document") + ", "
                + NumberText.counted(policies, "policy", "policies") + ": "
                + (faults.isEmpty() ? "no fault" : NumberText.counted(faults.size(), "fault"));
    }
}
