package dev.portcullis.kit.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the corpus names its faults in its first lines, each as {@code #! line: message}. */
class BadConfigurationsTest {
    private static final String MARK = "#! ";

    @TempDir
    Path folder;

    static Stream<String> corpus() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(corpusFolder())) {
            return files.map(file -> Objects.requireNonNull(file.getFileName()).toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyFaultIsFoundAtItsLine(String name) throws IOException, URISyntaxException {
        Path file = corpusFolder().resolve(name);
        Files.copy(file, folder.resolve(name));

        Faults faults = new Faults();
        SamplePolicies.services(new ConfigurationFolder(folder).read(faults), faults);

        assertEquals(
                String.join("\n", expected(file, name)),
                String.join("\n", faults.list().stream().map(Fault::toString).toList()));
    }

    @Test
    void theCorpusIsNotEmpty() throws IOException, URISyntaxException {
        assertTrue(corpus().count() >= 25);
    }

    private static List<String> expected(Path file, String name) throws IOException {
        List<String> expected = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith(MARK))
                .map(line -> name + ":" + line.substring(MARK.length()))
                .toList();
        assertTrue(!expected.isEmpty(), name + " does not say what is wrong with it");
        return expected;
    }

    private static Path corpusFolder() throws URISyntaxException {
        URL folder = Objects.requireNonNull(BadConfigurationsTest.class.getResource("/bad-configurations"));
        return Path.of(folder.toURI());
    }
}
