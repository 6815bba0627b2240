package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names classes that are there. */
final class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][A-Za-z]*)?)`");

    @Test
    void theWalkNamesClassesThatAreThere() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/architecture.md"));
        var walk = page.substring(page.indexOf("## A poll and a decision"), page.indexOf("## Where a new thing goes"));
        var named = CLASS_NAME
                .matcher(walk)
                .results()
                .map((MatchResult name) -> name.group(1))
                .toList();
        assertTrue(named.size() > 40, () -> "named: " + named);
        var there = classes();
        assertEquals(
                List.of(), named.stream().filter(name -> !there.contains(name)).toList());
        assertEquals(named.stream().distinct().toList(), named, "each class stands there once");
    }

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(ROOT.resolve("analysis-service/src/main"));
                var more = Files.walk(ROOT.resolve("gate-service/src/main"))) {
            return Stream.concat(files, more)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
