package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.configuration.preset.Preset;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedPresetsTest {
    @TempDir
    private Path path;

    static Stream<String> names() {
        return Preset.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageWritesOutWhatThePresetMeans(String preset) {
        List<String> blocks = page(preset).blocks("yaml");
        assertEquals(3, blocks.size());
        assertEquals(service(blocks.getLast()), service(blocks.getFirst()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSettingsOnThePageAreTheUsualOnes(String preset) {
        List<String> blocks = page(preset).blocks("yaml");
        ServiceObjectives usual = service(blocks.getFirst());
        ServiceObjectives told = service(blocks.get(1));
        assertEquals(usual.armLabel(), told.armLabel());
        for (int i = 0; i < usual.objectives().size(); i++) {
            assertEquals(
                    usual.objectives().get(i).target(), told.objectives().get(i).target());
        }
    }

    @Test
    void everyConfigurationOfTheIndexCanBeCopied() {
        List<String> blocks = page("README").blocks("yaml");
        assertEquals(3, blocks.size());
        for (String block : blocks) {
            service(block);
        }
    }

    @Test
    void theIndexNamesEveryPage() {
        String index = page("README").text();
        assertEquals(
                List.of(),
                names().filter(name -> !index.contains("(" + name + ".md)")).toList());
    }

    private static Page page(String name) {
        return Page.of("docs/presets/" + name + ".md");
    }

    private ServiceObjectives service(String configuration) {
        Folder folder = new Folder(path);
        folder.write("docs.yaml", configuration);
        Faults faults = new Faults();
        AnalysisConfiguration parsed = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return parsed.services().get("checkout");
    }
}
