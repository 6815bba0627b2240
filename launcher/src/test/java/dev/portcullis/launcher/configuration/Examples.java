package dev.portcullis.launcher.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The configurations that the readers are watched with: all that the docs show, and those in {@code resources/configuration}. */
final class Examples {
    private static final Path ROOT = Path.of("..");
    private static final Path OWN = Path.of("src/test/resources/configuration");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private Examples() {}

    static List<String> all() throws IOException {
        return Stream.of(
                        blocks(Files.readString(ROOT.resolve("README.md"))).stream(),
                        texts(ROOT.resolve("docs"), ".md").flatMap(page -> blocks(page).stream()),
                        texts(OWN, ".yaml"))
                .flatMap(texts -> texts)
                .toList();
    }

    /** The yaml blocks of a page. */
    static List<String> blocks(String page) {
        return YAML.matcher(page).results().map(block -> block.group(1)).toList();
    }

    private static Stream<String> texts(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(Examples::text)
                    .toList()
                    .stream();
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
