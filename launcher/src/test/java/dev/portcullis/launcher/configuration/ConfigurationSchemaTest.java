package dev.portcullis.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The schema that editors are given is the page's. */
final class ConfigurationSchemaTest {
    private static final Path SCHEMA = Path.of("../docs/configuration.schema.json");
    private static final Path MADE = Path.of("target/configuration.schema.json");

    @Test
    void theSchemaIsMadeOfThePageAsItIs() throws IOException {
        var made = ConfigurationSchema.of(ConfigurationPage.read());
        Files.writeString(MADE, made);
        assertEquals(Files.readString(SCHEMA), made, "docs/configuration.schema.json is old; copy launcher/" + MADE);
    }
}
