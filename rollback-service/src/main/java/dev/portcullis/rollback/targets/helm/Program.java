package dev.portcullis.rollback.targets.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program of the machine, run without a shell and with no more of the environment than it is given.
 *
 * @param file an absolute path
 */
record Program(Path file, Map<String, String> environment) {
    /** Of each of its two outputs; what comes after is read and dropped. */
    private static final int LONGEST_OUTPUT = 1 << 20;

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** A run without an end that can be trusted; the message is one line. */
    static final class RunException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean begun;

        RunException(String message, boolean begun) {
            super(message);
            this.begun = begun;
        }

        /** Whether the program ran, and may have done something. */
        boolean hasBegun() {
            return begun;
        }
    }

    /** The program of a name, or of an absolute path; empty when there is no such file that can be run. */
    static Optional<Path> find(String name, Map<String, String> environment) {
        if (name.startsWith("/")) {
            return Optional.of(Path.of(name)).filter(Program::isRunnable);
        }
        var folders = environment.getOrDefault("PATH", "").split(File.pathSeparator);
        return List.of(folders).stream()
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Program::isRunnable)
                .findFirst();
    }

    private static boolean isRunnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Runs it to its end, or ends it when the time is over, with whatever it started. */
    ProgramResult run(List<String> arguments, Duration limit) throws RunException {
        var process = started(arguments);
        try {
            var out = reading(process.getInputStream());
            var err = reading(process.getErrorStream());
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                var after = " did not end within " + limit.toSeconds() + " s, and was ended";
                throw new RunException(file.getFileName() + after, true);
            }
            return new ProgramResult(process.exitValue(), last(out), last(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException(file.getFileName() + " was ended, since this service is closing", true);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> reading(InputStream output) {
        return CompletableFuture.supplyAsync(() -> read(output), Thread.ofVirtual()::start);
    }

    /** What it left running may hold its outputs open: they are not waited for without end. */
    private static String last(CompletableFuture<String> output) {
        return output.completeOnTimeout("", LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Process started(List<String> arguments) throws RunException {
        List<String> line = new ArrayList<>(List.of(file.toString()));
        line.addAll(arguments);
        var builder = new ProcessBuilder(line).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new RunException(file + " cannot be run: " + e.getMessage(), false);
        }
    }

    private static String read(InputStream output) {
        try (output) {
            var kept = output.readNBytes(LONGEST_OUTPUT);
            output.transferTo(OutputStream.nullOutputStream());
            return new String(kept, UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
