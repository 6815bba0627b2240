package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests with the tag "extra" run nowhere but in {@code .ci/run}, which names them: one that it forgets would never run. */
final class ExtraTestsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("[A-Z][A-Za-z]*\\*?IT\\b");
    /** It makes the pictures of the documentation, and is run by whoever wants them. */
    private static final Set<String> BY_HAND = Set.of("ConsolePicturesIT");

    @Test
    void ciRunsEveryTestThatNothingElseRuns() throws IOException {
        var named = NAMED.matcher(Files.readString(ROOT.resolve(".ci/run")))
                .results()
                .map(match -> Pattern.compile(match.group().replace("*", ".*")))
                .toList();
        var tests = extraTests();
        assertTrue(tests.contains("KillPointsIT"), tests::toString);
        assertEquals(
                List.of(),
                tests.stream()
                        .filter(test -> !BY_HAND.contains(test))
                        .filter(test -> named.stream()
                                .noneMatch(pattern -> pattern.matcher(test).matches()))
                        .toList());
    }

    private static List<String> extraTests() throws IOException {
        try (var modules = Files.newDirectoryStream(ROOT, path -> Files.isDirectory(path.resolve("src/test/java")))) {
            var found = new TreeSet<String>();
            for (var module : modules) {
                try (var files = Files.walk(module.resolve("src/test/java"))) {
                    files.filter(file -> file.toString().endsWith("IT.java"))
                            .filter(file -> text(file).contains("@Tag(\"extra\")"))
                            .forEach(file ->
                                    found.add(file.getFileName().toString().replace(".java", "")));
                }
            }
            return List.copyOf(found);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
