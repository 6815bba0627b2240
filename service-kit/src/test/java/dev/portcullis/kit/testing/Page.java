package dev.portcullis.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page of the documentation.
 *
 * @param name its path from the root of the repository, e.g. {@code docs/judge.md}
 * @param text in Markdown
 */
public record Page(String name, String text) {
    /** Reads a page; the tests of a module run in the module's folder. */
    public static Page of(String name) {
        try {
            return new Page(name, Files.readString(Path.of("..").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code blocks in a language, each with the line feed at its end, in their order. */
    public List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The first code block in a language that contains a text; fails when there is none. */
    public String block(String language, String with) {
        return blocks(language).stream()
                .filter(block -> block.contains(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no block in " + language + " with " + with));
    }
}
