package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages as a reader walks through them: each link leads to a file of the checkout, and to a heading in it. */
final class PageLinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");

    @Test
    void everyLinkLeadsToAPageAndItsHeading() throws IOException {
        var faults = new ArrayList<String>();
        var pages = pages();
        assertTrue(pages.size() > 40, () -> pages.size() + " pages");
        for (var page : pages) {
            for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
                var to = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(to)) {
                    faults.add(page + ": no file " + link.group(1));
                } else if (link.group(2) != null && !headings(to).contains(link.group(2))) {
                    faults.add(page + ": no heading #" + link.group(2) + " in " + to);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void theIndexHasEveryPage() throws IOException {
        var index = Files.readString(DOCS.resolve("README.md"));
        try (var files = Files.walk(DOCS)) {
            var missing = files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> DOCS.relativize(file).toString())
                    // The pages of presets, sources and design decisions are listed by indexes of their own.
                    .filter(page -> !page.equals("README.md") && !page.matches("(presets|sources|design)/(?!README).*"))
                    .filter(page -> !index.contains("](" + page + ")"))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @Test
    void theIndexOfDesignDecisionsHasEachOfThem() throws IOException {
        var folder = DOCS.resolve("design");
        var index = Files.readString(folder.resolve("README.md"));
        try (var files = Files.list(folder)) {
            var missing = files.map(file -> file.getFileName().toString())
                    .filter(page -> !page.equals("README.md") && !index.contains("](" + page + ")"))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.walk(DOCS);
                var top = Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "proto/README.md")) {
            return Stream.concat(
                            top.map(ROOT::resolve),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    /** The anchors that GitHub gives the headings of a page. */
    private static List<String> headings(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
