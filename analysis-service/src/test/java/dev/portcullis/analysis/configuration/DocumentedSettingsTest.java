package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.slo.AnalysisSettings;
import dev.portcullis.analysis.slo.ClusterSize;
import dev.portcullis.analysis.slo.Provenance;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import dev.portcullis.kit.testing.ShopDocuments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedSettingsTest {
    @TempDir
    private Path path;

    @Test
    void theSettingsThatTheDocsCallDefaultsAre() {
        var block = Page.of("docs/judge.md").blocks("yaml").getFirst();
        var folder = new Folder(path);
        folder.write(
                "docs.yaml",
                ShopDocuments.slo("errors", "type: Prometheus", "bad", "errors_total", "requests_total"),
                ShopDocuments.policy("{slo: errors}", block));
        var faults = new Faults();
        var settings = folder.parse(faults).services().get("checkout").settings();
        assertEquals(List.of(), faults.list());
        var usual = AnalysisSettings.DEFAULT;
        assertEquals(
                usual.withRhythm(usual.timing().withWindow(usual.timing().window(), Provenance.POLICY))
                        .withClusterSize(new ClusterSize(usual.clusterSize().requests(), Provenance.POLICY)),
                settings);
    }
}
