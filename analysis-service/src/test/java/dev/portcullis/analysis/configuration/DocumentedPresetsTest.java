package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.configuration.preset.Preset;
import dev.portcullis.analysis.slo.ServiceObjectives;
import dev.portcullis.kit.configuration.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedPresetsTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Path PAGES = Path.of("../docs/presets");

    @TempDir
    private Path path;

    static Stream<String> names() {
        return Preset.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageWritesOutWhatThePresetMeans(String preset) throws IOException {
        List<String> blocks = blocks(preset + ".md");
        assertEquals(3, blocks.size());
        assertEquals(service(blocks.getLast()), service(blocks.getFirst()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSettingsOnThePageAreTheUsualOnes(String preset) throws IOException {
        List<String> blocks = blocks(preset + ".md");
        ServiceObjectives usual = service(blocks.getFirst());
        ServiceObjectives told = service(blocks.get(1));
        assertEquals(usual.armLabel(), told.armLabel());
        for (int i = 0; i < usual.objectives().size(); i++) {
            assertEquals(
                    usual.objectives().get(i).target(), told.objectives().get(i).target());
        }
    }

    @Test
    void everyConfigurationOfTheIndexCanBeCopied() throws IOException {
        List<String> blocks = blocks("README.md");
        assertEquals(3, blocks.size());
        for (String block : blocks) {
            service(block);
        }
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));
        assertEquals(
                List.of(),
                names().filter(name -> !index.contains("(" + name + ".md)")).toList());
    }

    private static List<String> blocks(String page) throws IOException {
        return YAML.matcher(Files.readString(PAGES.resolve(page)))
                .results()
                .map(block -> block.group(1))
                .toList();
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
