package dev.portcullis.kit.database;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a data folder, for when none is configured. Its data outlives the process; a server left behind by a killed process is stopped
 * before the folder is used again. One process at a time uses a folder. A server that ends by itself is started again on the same port. Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Time to bring back a server that has ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PORTS_TRIED = 3;

    private final FolderLock lock;
    private final PostgresCluster cluster;
    private final DatabaseSettings settings;
    private final int port;
    private final Duration patience;
    private final Runnable lost;
    private ProcessHandle server;
    private boolean closed;
    private boolean away;
    private long giveUp;

    private EmbeddedDatabase(FolderLock lock, Path folder, Duration patience, Runnable lost) throws IOException {
        this.lock = lock;
        this.cluster = PostgresCluster.prepare(folder);
        this.patience = patience;
        this.lost = lost;
        var runningServer = startOnAnyPort(cluster);
        this.server = runningServer.server();
        this.port = runningServer.port();
        this.settings = PostgresCluster.settings(folder, port);
    }

    /**
     * Starts the server. Should it end by itself and not start again within a minute, this process ends with status 1.
     *
     * @param folder the data folder; made when missing
     * @throws StartupException when another process uses the folder, or the server does not come up within a minute
     */
    public static EmbeddedDatabase start(Path folder) {
        return start(folder, PATIENCE, () -> Thread.ofPlatform().start(() -> System.exit(1)));
    }

    /**
     * @param patience time to bring back a server that has ended
     * @param lost what is done when that was in vain
     */
    static EmbeddedDatabase start(Path folder, Duration patience, Runnable lost) {
        var lock = FolderLock.take(folder);
        try {
            var database = new EmbeddedDatabase(lock, folder.toAbsolutePath().normalize(), patience, lost);
            Thread.ofVirtual().name("embedded-postgres").start(database::watch);
            FailedStart.forget(folder);
            return database;
        } catch (IOException | RuntimeException e) {
            var message = "the embedded PostgreSQL in " + folder + " did not start: " + reason(e) + "; its log is "
                    + folder.resolve("postgres.log") + "; or give a server with PORTCULLIS_DB_URL";
            FailedStart.note(folder, message);
            lock.close();
            throw new StartupException(message, e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof FileSystemException file
                ? file.getFile() + ": " + FileText.fault(file)
                : String.valueOf(e.getMessage());
    }

    private record RunningServer(ProcessHandle server, int port) {}

    /** A port that is free may be taken before the server has it. */
    private static RunningServer startOnAnyPort(PostgresCluster cluster) throws IOException {
        for (int tried = 1; ; tried++) {
            var port = PostgresCluster.freePort();
            try {
                return new RunningServer(cluster.start(port), port);
            } catch (IOException e) {
                if (tried == PORTS_TRIED || !String.valueOf(e.getMessage()).contains("bind")) {
                    throw e;
                }
            }
        }
    }

    /**
     * How to reach the server that a process has started in a folder.
     *
     * @return empty when none runs
     * @throws IOException when this user may not read the folder
     */
    public static Optional<DatabaseSettings> running(Path folder) throws IOException {
        var port = Postmaster.port(folder.resolve("postgres"));
        return port.isEmpty() ? Optional.empty() : Optional.of(PostgresCluster.settings(folder, port.get()));
    }

    /** How to reach it. */
    public DatabaseSettings settings() {
        return settings;
    }

    private void watch() {
        while (look()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Answers whether to look again. */
    private synchronized boolean look() {
        if (closed || cluster.isServedBy(server)) {
            return !closed;
        }
        if (!away) {
            away = true;
            giveUp = System.nanoTime() + patience.toNanos();
            LOG.error(
                    "the embedded PostgreSQL (process {}) has ended by itself: starting it again on port {}",
                    server.pid(),
                    port);
        }
        return startAgain();
    }

    private boolean startAgain() {
        try {
            cluster.stopOrphan();
            server = cluster.start(port);
            away = false;
            LOG.warn("the embedded PostgreSQL is back (process {})", server.pid());
            return true;
        } catch (IOException e) {
            if (System.nanoTime() < giveUp) {
                return true;
            }
            LOG.error(
                    "the embedded PostgreSQL could not be started again in {} s, so this process ends: {}",
                    patience.toSeconds(),
                    e.getMessage());
            lost.run();
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            cluster.stop(server);
            lock.close();
        }
    }
}
