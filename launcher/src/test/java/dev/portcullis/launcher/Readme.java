package dev.portcullis.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The configurations that the README shows, and the page for users of Argo Rollouts. */
public final class Readme {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private Readme() {}

    /** The one with its objectives written out. */
    public static String writtenOut() throws IOException {
        return block("kind: SLO");
    }

    /** The one with a preset. */
    public static String preset() throws IOException {
        return block("preset: istio");
    }

    /** The one of the page for users of Argo Rollouts. */
    public static String policyForArgoRollouts() throws IOException {
        return block(Path.of("../docs/argo-rollouts.md"), "kind: ReleasePolicy");
    }

    private static String block(String with) throws IOException {
        return block(Path.of("../README.md"), with);
    }

    private static String block(Path page, String with) throws IOException {
        return YAML.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " has no yaml block with " + with));
    }
}
