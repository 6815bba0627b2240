package dev.portcullis.launcher.configuration;

import dev.portcullis.kit.testing.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The configurations that the readers are watched with: all that the docs show, and those in {@code resources/configuration}. */
final class Examples {
    private static final Path ROOT = Path.of("..");
    private static final Path OWN = Path.of("src/test/resources/configuration");

    private Examples() {}

    static List<String> all() throws IOException {
        return Stream.of(
                        Page.of("README.md").blocks("yaml").stream(),
                        files(ROOT.resolve("docs"), ".md")
                                .map(file -> Page.of(ROOT.relativize(file).toString()))
                                .flatMap(page -> page.blocks("yaml").stream()),
                        files(OWN, ".yaml").map(Examples::text))
                .flatMap(texts -> texts)
                .toList();
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
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
