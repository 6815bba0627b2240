package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What docs/production.md says of upgrades: a replica of the version before works on the schema of the next one, so a migration takes nothing away that the code of the version
 * before names, and asks nothing more of its rows.
 */
final class MigrationsTest {
    private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*\\.sql");

    /** Tables, columns and what is asked of values; indexes, triggers and functions are named by no statement of a service. */
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "drop\\s+(table|column|constraint)|rename\\s|set\\s+not\\s+null|alter\\s+column\\s+\\S+\\s+(set\\s+data\\s+)?type"
                    + "|add\\s+column\\s+(?![^,;]*\\bdefault\\b)[^,;]*\\bnot\\s+null",
            Pattern.CASE_INSENSITIVE);

    /** From which on the rule holds: those before were made when nothing was in use that could have been upgraded. */
    @ParameterizedTest
    @CsvSource({"analysis, 10", "gate, 47", "rollback, 5"})
    void takeNothingAwayThatTheVersionBeforeNeeds(String schema, int first) throws IOException {
        var folder = Path.of("..", schema + "-service/src/main/resources/db/migration", schema);
        var files = files(folder);
        assertFalse(files.isEmpty(), folder.toString());
        assertEquals(
                List.of(),
                files.stream()
                        .filter(file -> version(file) >= first)
                        .flatMap(file -> TAKES_AWAY
                                .matcher(text(file))
                                .results()
                                .map(found -> file.getFileName() + ": " + found.group()))
                        .toList());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file ->
                            VERSION.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }

    private static int version(Path file) {
        var name = VERSION.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("--.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
