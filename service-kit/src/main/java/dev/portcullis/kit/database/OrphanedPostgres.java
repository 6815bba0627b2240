package dev.portcullis.kit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server whose parent was killed: it still holds its data folder. Called only by the holder of the folder's lock. */
final class OrphanedPostgres {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final int POLITE_SECONDS = 10;

    private OrphanedPostgres() {}

    /** Stops the server of this data folder, if one is alive; its clients are gone with its parent. */
    static void stop(Path data) throws IOException {
        var orphan = find(data);
        if (orphan.isEmpty()) {
            return;
        }
        var process = orphan.get();
        LOG.warn("stopping the PostgreSQL server (process {}) that a killed process left on {}", process.pid(), data);
        process.destroy();
        if (!ended(process)) {
            LOG.warn(
                    "process {} did not stop in {} s: killing it; its log recovers at the start",
                    process.pid(),
                    POLITE_SECONDS);
            process.destroyForcibly();
            ended(process);
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(POLITE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<ProcessHandle> find(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var first = Files.readAllLines(file).stream().findFirst().orElse("").strip();
        if (!first.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        // The number may have been given to another program since: only a postgres is stopped.
        return ProcessHandle.of(Long.parseLong(first)).filter(OrphanedPostgres::isPostgres);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .map(command -> command.contains("postgres"))
                        .orElse(false);
    }

    static void deleteFolder(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(OrphanedPostgres::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
