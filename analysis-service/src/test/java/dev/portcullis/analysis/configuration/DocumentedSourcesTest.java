package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.configuration.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentedSourcesTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    @TempDir
    private Path path;

    @ParameterizedTest
    @CsvSource({"prometheus.md,main", "scrape.md,pods"})
    void theConfigurationOfTheDocsCanBeCopied(String page, String source) throws IOException {
        String text = Files.readString(Path.of("../docs/sources").resolve(page));
        List<String> blocks = YAML.matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertEquals(1, blocks.size());
        Folder folder = new Folder(path);
        folder.write("docs.yaml", blocks.getFirst());
        Faults faults = new Faults();
        AnalysisConfiguration configuration = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        assertEquals(
                source,
                configuration
                        .services()
                        .get("checkout")
                        .objectives()
                        .getFirst()
                        .indicator()
                        .source());
    }
}
