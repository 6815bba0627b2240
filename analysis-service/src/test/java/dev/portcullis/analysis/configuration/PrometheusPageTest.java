package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/sources/prometheus.md shows DataSources as they are read, and names every key there is. */
class PrometheusPageTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\\n(?<yaml>.*?)```", Pattern.DOTALL);
    private static final Pattern LEGAL_KEYS =
            Pattern.compile("unknown key 'odd' in spec.connectionDetails; legal: (?<keys>.*)");

    @TempDir
    private Path path;

    @Test
    void everyDataSourceOnThePageIsLegal() throws IOException {
        List<String> sources = BLOCK.matcher(page())
                .results()
                .map(block -> block.group("yaml"))
                .filter(yaml -> yaml.contains("kind: DataSource"))
                .toList();
        assertEquals(5, sources.size());
        for (String source : sources) {
            assertEquals(List.of(), faults(source));
        }
    }

    @Test
    void everyKeyIsOnThePage() throws IOException {
        String odd = """
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: main}
                spec: {type: Prometheus, connectionDetails: {url: 'http://prometheus', odd: 1}}
                """;
        String page = page();
        String keys = LEGAL_KEYS
                .matcher(faults(odd).getFirst())
                .results()
                .map(found -> found.group("keys"))
                .findFirst()
                .orElseThrow();
        for (String key : List.of(keys.split(", "))) {
            assertTrue(page.contains("`" + key) || page.contains("| `" + key + "."), key);
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/sources/prometheus.md"));
    }

    private List<String> faults(String document) {
        Folder folder = new Folder(path);
        folder.write("a.yaml", document);
        return folder.faults();
    }
}
