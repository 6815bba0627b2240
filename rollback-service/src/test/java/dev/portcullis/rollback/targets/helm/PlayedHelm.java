package dev.portcullis.rollback.targets.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A program that plays helm at one release, and its state; see helm.sh. */
final class PlayedHelm implements AutoCloseable {
    private final Path folder;

    /** @param revisions number, updated, status, chart, app version, description each, with a | in between */
    PlayedHelm(List<String> revisions) {
        try (var script = PlayedHelm.class.getResourceAsStream("helm.sh")) {
            folder = Files.createTempDirectory("helm");
            Files.write(program(), Objects.requireNonNull(script).readAllBytes());
            Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwx------"));
            write("revisions", String.join("\n", revisions).replace('|', '\t') + "\n");
            write("fate", "none 0\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path program() {
        return folder.resolve("helm");
    }

    /** What the program has to see. */
    Map<String, String> environment() {
        return Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "HELM_PLAYED", folder.toString(),
                "PORTCULLIS_DB_PASSWORD", "s3cr3t");
    }

    void now(Instant now) {
        write("now", now.toString());
    }

    /** What befalls the n-th rollback from the start. */
    void fate(String what, int nth) {
        write("fate", what + " " + nth + "\n");
    }

    void complain(String words) {
        write("complaint", words + "\n");
    }

    /** Somebody else makes the next revision. */
    void revision(String line) {
        write("revisions", read("revisions") + line.replace('|', '\t'));
    }

    void revisions(String lines) {
        write("revisions", lines.replace('|', '\t'));
    }

    /** "number status description" of each revision. */
    List<String> revisions() {
        return read("revisions")
                .lines()
                .map(line -> line.split("\t"))
                .map(fields -> fields[0] + " " + fields[2] + " " + fields[5])
                .toList();
    }

    List<String> calls() {
        return read("calls").lines().toList();
    }

    /** The command lines of the rollbacks alone. */
    List<String> rollbacks() {
        return calls().stream().filter(line -> line.startsWith("rollback")).toList();
    }

    /** The names of the variables the program saw. */
    List<String> variables() {
        return read("environment").lines().toList();
    }

    /** How often the objects of the cluster were changed. */
    int applied() {
        return (int) read("applied").lines().count();
    }

    private String read(String name) {
        try {
            var file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
