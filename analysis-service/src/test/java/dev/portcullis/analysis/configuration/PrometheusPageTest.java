package dev.portcullis.analysis.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/sources/prometheus.md shows DataSources as they are read, and names every key there is. */
class PrometheusPageTest {
    private static final Page PAGE = Page.of("docs/sources/prometheus.md");
    private static final Pattern LEGAL_KEYS =
            Pattern.compile("unknown key 'odd' in spec.connectionDetails; legal: (?<keys>.*)");

    @TempDir
    private Path path;

    @Test
    void everyDataSourceOnThePageIsLegal() {
        List<String> sources = PAGE.blocks("yaml").stream()
                .filter(yaml -> yaml.contains("kind: DataSource"))
                .toList();
        assertEquals(5, sources.size());
        for (String source : sources) {
            assertEquals(List.of(), faults(source));
        }
    }

    @Test
    void everyKeyIsOnThePage() {
        String odd = """
                apiVersion: openslo/v1
                kind: DataSource
                metadata: {name: main}
                spec: {type: Prometheus, connectionDetails: {url: 'http://prometheus', odd: 1}}
                """;
        String page = PAGE.text();
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

    private List<String> faults(String document) {
        Folder folder = new Folder(path);
        folder.write("a.yaml", document);
        return folder.faults();
    }
}
