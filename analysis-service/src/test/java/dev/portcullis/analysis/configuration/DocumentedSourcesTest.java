package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.Objective;
import dev.portcullis.kit.configuration.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentedSourcesTest {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    @TempDir
    private Path path;

    @ParameterizedTest
    @CsvSource({"prometheus.md,main", "scrape.md,pods", "otlp.md,pushed", "datadog.md,datadog"})
    void theConfigurationOfTheDocsCanBeCopied(String page, String source) throws IOException {
        List<String> blocks = blocks(page);
        Objective availability = objectives(blocks.getFirst()).getFirst();
        assertEquals(source, availability.indicator().source());
    }

    @ParameterizedTest
    @CsvSource({"prometheus.md,main", "scrape.md,pods", "otlp.md,pushed"})
    void theLatencyOfTheDocsFitsToTheConfigurationBeforeIt(String page, String source) throws IOException {
        List<String> blocks = blocks(page);
        assertEquals(2, blocks.size());
        // Its policy takes the place of the one before.
        String before = Arrays.stream(blocks.getFirst().split("---\n"))
                .filter(document -> !document.contains("kind: ReleasePolicy"))
                .collect(Collectors.joining("---\n"));
        Objective latency = objectives(before + "---\n" + blocks.getLast()).getLast();
        var indicator = assertInstanceOf(LatencyIndicator.class, latency.indicator());
        assertEquals(source, indicator.source());
        assertEquals(0.3, indicator.threshold());
    }

    /** Whole configurations; a DataSource alone is the business of {@link PrometheusPageTest}. */
    private static List<String> blocks(String page) throws IOException {
        String text = Files.readString(Path.of("../docs/sources").resolve(page));
        return YAML.matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains("kind: ReleasePolicy"))
                .toList();
    }

    private List<Objective> objectives(String configuration) {
        Folder folder = new Folder(path);
        folder.write("docs.yaml", configuration);
        Faults faults = new Faults();
        AnalysisConfiguration parsed = folder.parse(faults);
        assertEquals(List.of(), faults.list());
        return parsed.services().get("checkout").objectives();
    }
}
