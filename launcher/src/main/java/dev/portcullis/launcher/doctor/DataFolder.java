package dev.portcullis.launcher.doctor;

import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.database.FailedStart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folder of the embedded PostgreSQL, whether or not it runs. Nothing is made in it. */
final class DataFolder {
    private static final String SUBJECT = "database";
    private static final long MIB = 1 << 20;
    private static final long LEAST = 1024 * MIB;

    private final Path folder;

    DataFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    List<CheckResult> outcomes() {
        Path made = folder;
        // A link that leads nowhere is there, and no folder can be made in its place.
        while (!Files.exists(made, LinkOption.NOFOLLOW_LINKS) && made.getParent() != null) {
            made = made.getParent();
        }
        if (!Files.isDirectory(made) || !Files.isWritable(made)) {
            return List.of(CheckResult.failed(
                    SUBJECT,
                    "the data folder " + folder + " cannot be used: " + made
                            + " is not a folder that can be written to",
                    "choose another with --data or PORTCULLIS_DATA, or name a PostgreSQL in PORTCULLIS_DB_URL"));
        }
        Path existing = made;
        if (isInUse()) {
            return running();
        }
        return FailedStart.last(folder)
                .map(why -> List.of(failedStart(why), space(existing)))
                .orElse(List.of(space(existing)));
    }

    private CheckResult failedStart(String why) {
        return CheckResult.failed(
                SUBJECT,
                "the last start in the data folder " + folder + " failed: " + why,
                "do what it says and start again; a start that goes well removes this note");
    }

    private CheckResult space(Path existing) {
        long free = existing.toFile().getUsableSpace();
        String state = Files.exists(folder.resolve("postgres.initialized")) ? "" : ", which up makes";
        String what = "embedded PostgreSQL in " + folder + state + "; " + free / MIB + " MiB are free";
        return free >= LEAST
                ? CheckResult.ok(SUBJECT, what)
                : CheckResult.failed(
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

    private List<CheckResult> running() {
        try {
            return EmbeddedDatabase.running(folder)
                    .map(DatabaseExamination::given)
                    .orElseGet(this::startingUp);
        } catch (IOException e) {
            return List.of(CheckResult.warning(
                    SUBJECT,
                    "the data folder " + folder + " is in use by a Portcullis of another user",
                    "run doctor as the user who runs it"));
        }
    }

    private List<CheckResult> startingUp() {
        return List.of(CheckResult.warning(
                SUBJECT,
                "the data folder " + folder + " is in use by a Portcullis whose PostgreSQL is not up yet",
                "wait until it says 'database ready', and look again"));
    }
}
