package dev.portcullis.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The configurations that the README shows. */
final class Readme {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private Readme() {}

    /** The one with its objectives written out. */
    static String writtenOut() throws IOException {
        return block("kind: SLO");
    }

    /** The one with a preset. */
    static String preset() throws IOException {
        return block("preset: istio");
    }

    private static String block(String with) throws IOException {
        return YAML.matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the README has no yaml block with " + with));
    }
}
