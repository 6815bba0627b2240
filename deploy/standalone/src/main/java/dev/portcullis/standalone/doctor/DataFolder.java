package dev.portcullis.standalone.doctor;

import dev.portcullis.kit.database.DatabaseSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folder of the embedded PostgreSQL, whether or not it runs. Nothing is made in it. */
final class DataFolder {
    private static final String SUBJECT = "database";
    private static final String USER = "postgres";
    private static final long MIB = 1 << 20;
    private static final long LEAST = 1024 * MIB;
    private static final int PORT_LINE = 3;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    List<Outcome> outcomes() {
        Path made = folder;
        while (!Files.exists(made) && made.getParent() != null) {
            made = made.getParent();
        }
        if (!Files.isDirectory(made) || !Files.isWritable(made)) {
            return List.of(Outcome.failed(
                    SUBJECT,
                    "the data folder " + folder + " cannot be used: " + made
                            + " is not a folder that can be written to",
                    "choose another with --data or PORTCULLIS_DATA, or name a PostgreSQL in PORTCULLIS_DB_URL"));
        }
        if (isInUse()) {
            return running();
        }
        return List.of(space(made));
    }

    private Outcome space(Path existing) {
        long free = existing.toFile().getUsableSpace();
        String state = Files.exists(folder.resolve("postgres.initialized")) ? "" : ", which up makes";
        String what = "embedded PostgreSQL in " + folder + state + "; " + free / MIB + " MiB are free";
        return free >= LEAST
                ? Outcome.ok(SUBJECT, what)
                : Outcome.failed(
                        SUBJECT, what, "make room for 1 GiB at least, or choose another folder with PORTCULLIS_DATA");
    }

    /** The process that holds the lock of the folder has started a server in it. */
    private boolean isInUse() {
        Path file = folder.resolve("portcullis.lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            return false;
        }
    }

    private List<Outcome> running() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"));
            String port = lines.size() > PORT_LINE ? lines.get(PORT_LINE).strip() : "";
            return DatabaseExamination.given(
                    new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, ""));
        } catch (IOException e) {
            return List.of(Outcome.warning(
                    SUBJECT,
                    "the data folder " + folder + " is in use by a Portcullis whose PostgreSQL is not up yet",
                    "wait until it says 'database ready', and look again"));
        }
    }
}
