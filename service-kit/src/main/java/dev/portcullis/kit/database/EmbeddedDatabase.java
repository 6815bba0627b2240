package dev.portcullis.kit.database;

import dev.portcullis.kit.lifecycle.StartupException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a data folder, for when none is configured. Its data outlives the process; a server left behind by a killed process is stopped
 * before the folder is used again. One process at a time uses a folder.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String USER = "postgres";

    private final FolderLock lock;
    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(FolderLock lock, EmbeddedPostgres postgres) {
        this.lock = lock;
        this.postgres = postgres;
    }

    /**
     * Starts the server.
     *
     * @param folder the data folder; made when missing
     * @throws StartupException when another process uses the folder, or the server does not come up within 30 s
     */
    public static EmbeddedDatabase start(Path folder) {
        var lock = FolderLock.take(folder);
        try {
            return new EmbeddedDatabase(lock, launch(folder.toAbsolutePath()));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw new StartupException(
                    "the embedded PostgreSQL in " + folder + " did not start: " + e.getMessage() + "; its log is "
                            + folder.resolve("postgres.log") + "; or give a server with PORTCULLIS_DB_URL",
                    e);
        }
    }

    private static EmbeddedPostgres launch(Path folder) throws IOException {
        var data = folder.resolve("postgres");
        var complete = folder.resolve("postgres.initialized");
        OrphanedPostgres.stop(data);
        if (Files.exists(data) && !Files.exists(complete)) {
            LOG.warn("{} was left half made by an earlier start and holds no data: it is made anew", data);
            OrphanedPostgres.deleteFolder(data);
        }
        var log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
        var postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                // The library's defaults are for tests that throw their data away; ours is an audit record.
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .start();
        if (!Files.exists(complete)) {
            Files.createFile(complete);
        }
        return postgres;
    }

    /** How to reach it. */
    public DatabaseSettings settings() {
        return new DatabaseSettings(postgres.getJdbcUrl(USER, "postgres"), USER, "");
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            LOG.warn("the embedded PostgreSQL did not stop cleanly; the next start will take care of it", e);
        }
        lock.close();
    }
}
