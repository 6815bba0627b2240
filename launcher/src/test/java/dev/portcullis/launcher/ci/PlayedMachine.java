package dev.portcullis.launcher.ci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A machine on which scripts run: programs of a test stand before those of the system, and its clock goes on only when a script sleeps or the test says so. Used by
 * one thread at a time, but for {@link #pass}.
 */
final class PlayedMachine {
    /** What a program printed, and how it ended: 128 + N after signal N. */
    record Run(int exitCode, String out, String err) {}

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long START = 1_700_000_000L;

    private final Path folder;

    /** @param folder an empty one, or one that is yet to be made */
    PlayedMachine(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("now", Long.toString(START));
        program("date", "[ \"$1\" = +%s ] || exit 1\ncat '" + folder + "/now'");
        program("sleep", """
                echo "$1" >>'FOLDER/sleeps'
                now=$(cat 'FOLDER/now')
                echo $((now + $1)) >'FOLDER/now'
                """.replace("FOLDER", folder.toString()));
    }

    /**
     * Puts a program before that of the system. A process writes it: what this one has open for writing, processes that other threads start just then have open too, and
     * it cannot be run ("Text file busy").
     */
    void program(String name, String script) {
        try {
            var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
            var writer = new ProcessBuilder("/bin/sh", "-c", "cat >\"$1\" && chmod 755 \"$1\"", "sh", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var input = writer.outputWriter(StandardCharsets.UTF_8)) {
                input.write("#!/bin/sh\n" + script + "\n");
            }
            if (writer.waitFor() != 0) {
                throw new IllegalStateException(file + " cannot be written");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Time passes. */
    synchronized void pass(Duration time) {
        write("now", Long.toString(now() + time.toSeconds()));
    }

    private long now() {
        return Long.parseLong(read("now").strip());
    }

    /** What has passed since the beginning. */
    Duration passed() {
        return Duration.ofSeconds(now() - START);
    }

    /** How long each sleep was, in seconds. */
    List<String> sleeps() {
        return Files.exists(folder.resolve("sleeps")) ? read("sleeps").lines().toList() : List.of();
    }

    /** Where temporary files go. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program with this environment and no other variables but PATH, HOME and TMPDIR. */
    Process start(Map<String, String> environment, List<String> command) {
        var variables = new HashMap<>(environment);
        variables.putIfAbsent("PATH", folder.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
        variables.putIfAbsent("HOME", folder.toString());
        variables.putIfAbsent("TMPDIR", temporary().toString());
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(file("out").toFile())
                .redirectError(file("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run run(Map<String, String> environment, List<String> command) {
        return ended(start(environment, command));
    }

    /** Waits for the end of what was started last. */
    Run ended(Process process) {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT + ": " + read("out") + read("err"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Run(process.exitValue(), read("out"), read("err"));
    }

    /** The command that runs a script in a shell; "busybox" is its sh. */
    static List<String> in(String shell, Path script, String... arguments) {
        var command = new ArrayList<String>();
        command.add(shell);
        if (shell.equals("busybox")) {
            command.add("sh");
        }
        command.add(script.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
