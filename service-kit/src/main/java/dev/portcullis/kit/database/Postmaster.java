package dev.portcullis.kit.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server process of a data folder of PostgreSQL, and the file in which it notes its number. Called only by the holder of the folder's lock. */
final class Postmaster {
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    private static final int POLITE_SECONDS = 10;
    /** A number no process has: it is above what the kernels of Linux and macOS give. */
    private static final String NOBODY = String.valueOf(Integer.MAX_VALUE);

    private Postmaster() {}

    /** The running one, found by its command line: the number in its file may be lost, or be another program's after a reboot. */
    static Optional<ProcessHandle> find(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> serves(process, data))
                .findFirst();
    }

    /** Whether the process is alive and the server of this folder. One that has ended and was not waited for has no command line. */
    static boolean serves(ProcessHandle process, Path data) {
        var arguments = process.info().arguments().map(List::of).orElse(List.of());
        var folder = arguments.indexOf("-D") + 1;
        return folder > 0
                && folder < arguments.size()
                && arguments.get(folder).equals(data.toString())
                && !arguments.contains("-w")
                && process.isAlive();
    }

    /** Stops the server that a killed process left, if one is alive; its clients are gone with its parent. */
    static void stopOrphan(Path data) throws IOException {
        var orphan = find(data);
        if (orphan.isPresent()) {
            LOG.warn(
                    "stopping the PostgreSQL server (process {}) that a killed process left on {}",
                    orphan.get().pid(),
                    data);
            stop(orphan.get());
        }
        disown(data.resolve("postmaster.pid"));
    }

    /** Ends it in an orderly way, or, when it does not end in time, by force. */
    static void stop(ProcessHandle process) {
        process.destroy();
        if (!ended(process)) {
            LOG.warn(
                    "process {} did not stop in {} s: killing it; its log recovers at the start",
                    process.pid(),
                    POLITE_SECONDS);
            kill(process);
        }
    }

    /**
     * With the processes it has started: one that is stopped (SIGSTOP, a frozen container) never sees that it is alone, and no new server starts while it holds the old
     * one's memory. The first process goes first, so that it starts no more of them.
     */
    private static void kill(ProcessHandle process) {
        var started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        ended(process);
        started.forEach(Postmaster::ended);
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

    /**
     * Makes of the note of a server that is gone one that keeps no new server from starting. The number alone is replaced: by the rest PostgreSQL sees whether
     * processes of the old server still use the folder.
     */
    private static void disown(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        var lines = new ArrayList<>(Files.readAllLines(file));
        var number = lines.isEmpty() ? "" : lines.getFirst().strip();
        if (!number.matches("[1-9][0-9]{0,9}")) {
            LOG.warn("{} names no process: removing it", file);
            Files.delete(file);
        } else if (ProcessHandle.of(Long.parseLong(number)).isPresent()) {
            LOG.warn("{} names process {}, which is not the server of this folder: ignored", file, number);
            lines.set(0, NOBODY);
            Files.write(file, lines);
        }
    }

    /** The port in the note of a running server. */
    static Optional<Integer> port(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        return lines.size() > 3 && lines.get(3).strip().matches("[0-9]{1,5}")
                ? Optional.of(Integer.valueOf(lines.get(3).strip()))
                : Optional.empty();
    }
}
