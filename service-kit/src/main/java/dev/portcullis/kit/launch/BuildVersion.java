package dev.portcullis.kit.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Which Portcullis this is.
 *
 * @param version of all services, e.g. "0.1.0"
 * @param commit short hash of the commit it was built from, with "-dirty" behind it when files differed from that; "unknown" when it was not built from a repository
 */
public record BuildVersion(String version, String commit) {
    private static final String UNKNOWN = "unknown";

    /** That of the classes in use. */
    public static BuildVersion current() {
        return new BuildVersion(ServiceLauncher.VERSION, commit("/portcullis-commit.txt"));
    }

    /** What the build of the launcher has noted on the class path, which is that of all programs. */
    static String commit(String note) {
        try (var stream = BuildVersion.class.getResourceAsStream(note)) {
            return stream == null ? UNKNOWN : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A line for people, with the Java that runs it.
     *
     * @param program what was asked, e.g. "gate-service"
     */
    public String line(String program) {
        return program + " " + version + " (commit " + commit + ", Java " + Runtime.version() + ")";
    }
}
