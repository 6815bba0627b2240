package dev.portcullis.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has every variable of the services' settings, with its default. */
final class EnvironmentPageTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> SETTINGS = List.of(
            "service-kit/src/main/resources/application.yml",
            "service-kit/src/main/resources/logback.xml",
            "analysis-service/src/main/resources/application-analysis.yml",
            "gate-service/src/main/resources/application-gate.yml",
            "rollback-service/src/main/resources/application-rollback.yml",
            "portcullis",
            "distribution/portcullis");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(PORTCULLIS_\\w+):-?`?([^`}]*)`?}");

    @Test
    void everyVariableOfTheSettingsIsOnThePageWithItsDefault() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (var file : SETTINGS) {
            VARIABLE.matcher(Files.readString(ROOT.resolve(file)))
                    .results()
                    .forEach(
                            found -> expected.put(found.group(1), found.group(2).isEmpty() ? "empty" : found.group(2)));
        }
        var onPage = ConfigurationPage.read().environment();
        onPage.keySet().removeIf(name -> !name.startsWith("PORTCULLIS_"));
        assertEquals(expected, onPage);
    }
}
