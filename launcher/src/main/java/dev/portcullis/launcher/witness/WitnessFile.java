package dev.portcullis.launcher.witness;

import dev.portcullis.kit.text.FileText;
import dev.portcullis.kit.transparency.TreeHash;
import dev.portcullis.kit.transparency.TreeHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a witness has cosigned last of each log, in a file: a line {@code SIZE ROOT ORIGIN} for each. What is noted is on the disk when {@link #note} returns, or was there
 * before: a machine that loses power leaves the old file or the new one. One process at a time. Thread-safe.
 */
public final class WitnessFile implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("(0|[1-9][0-9]{0,17}) (\\S+) (\\S.*)");

    private final Path file;
    private final FileChannel lockFile;
    private final Map<String, TreeHead> heads;

    private WitnessFile(Path file, FileChannel lockFile, Map<String, TreeHead> heads) {
        this.file = file;
        this.lockFile = lockFile;
        this.heads = heads;
    }

    /**
     * Makes an empty one.
     *
     * @throws FileAlreadyExistsException when there is one
     */
    public static void create(Path file) throws IOException {
        Files.createFile(file);
    }

    /**
     * Opens one that is there.
     *
     * @throws WitnessException when it cannot be read, or another process has it
     */
    public static WitnessFile open(Path file) throws WitnessException {
        try {
            var lockFile = locked(file);
            try {
                return new WitnessFile(file, lockFile, read(file));
            } catch (IOException | WitnessException e) {
                lockFile.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new WitnessException(
                    file + " is not there; a witness that has forgotten what it cosigned could be"
                            + " made to cosign another log: put it back, or begin one with --new",
                    e);
        } catch (IOException e) {
            throw new WitnessException(file + " cannot be read: " + FileText.fault(e), e);
        }
    }

    private static FileChannel locked(Path file) throws IOException, WitnessException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        var channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // told below
        }
        channel.close();
        throw new WitnessException(file + " is used by another witness", null);
    }

    private static Map<String, TreeHead> read(Path file) throws IOException, WitnessException {
        var heads = new TreeMap<String, TreeHead>();
        for (var line : FileText.read(file, StandardCharsets.UTF_8).lines().toList()) {
            var parts = LINE.matcher(line);
            var root = parts.matches() ? TreeHash.parse(parts.group(2)) : Optional.<TreeHash>empty();
            if (root.isEmpty()) {
                throw new WitnessException(
                        file + " has a line that is not SIZE ROOT ORIGIN: put back what was there", null);
            }
            heads.put(parts.group(3), new TreeHead(Long.parseLong(parts.group(1)), root.get()));
        }
        return heads;
    }

    /** What was cosigned last of a log; empty when nothing was. */
    synchronized Optional<TreeHead> last(String origin) {
        return Optional.ofNullable(heads.get(origin));
    }

    /** Notes what is about to be cosigned. When it throws, nothing may be. */
    synchronized void note(String origin, TreeHead head) throws IOException {
        var next = new TreeMap<>(heads);
        next.put(origin, head);
        var text = new StringBuilder();
        next.forEach((name, known) -> text.append(known.size())
                .append(' ')
                .append(known.root().base64())
                .append(' ')
                .append(name)
                .append('\n'));
        var begun = file.resolveSibling(file.getFileName() + ".begun");
        try (var channel = FileChannel.open(
                begun, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        // So that the new name is on the disk too.
        try (var folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        heads.put(origin, head);
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
