package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.kit.text.FileText;
import dev.portcullis.rollback.plan.ApplyResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.Optional;

/** The files of flag definitions: read with their version, and replaced on condition of it. Links are followed and stay. Thread-safe. */
class FlagFiles {
    private static final long LONGEST = 16L << 20;

    /**
     * A file as it was read.
     *
     * @param text its content
     * @param version changes with every writing: time of the last one, and the file's number on its file system
     */
    record Content(String text, String version) {}

    /** @throws FlagFault when it cannot be read, or changes while it is read */
    Content read(Path file) throws FlagFault {
        var real = real(file);
        try {
            var size = Files.size(real);
            if (size > LONGEST) {
                var text = "file " + file + " has " + size + " bytes; legal: 16 MiB at most";
                throw new FlagFault(FlagFault.Kind.NOT_POSSIBLE, text);
            }
            return content(file, real);
        } catch (CharacterCodingException e) {
            throw new FlagFault(FlagFault.Kind.PASSING, "file " + file + " is no text in UTF-8");
        } catch (IOException e) {
            throw fault(file, "cannot be read", e);
        }
    }

    private static Content content(Path file, Path real) throws IOException, FlagFault {
        var before = version(real);
        var bytes = Files.readAllBytes(real);
        if (!before.equals(version(real))) {
            throw new FlagFault(FlagFault.Kind.PASSING, "file " + file + " is being changed");
        }
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        return new Content(text.toString(), before);
    }

    /** @throws FlagFault when it is not there */
    Path real(Path file) throws FlagFault {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw fault(file, "cannot be read", e);
        }
    }

    /** The same on every machine that has the file system, so without the number of its device. */
    private static String version(Path real) throws IOException {
        return Files.getLastModifiedTime(real).toInstant() + ", inode " + Files.getAttribute(real, "unix:ino");
    }

    /**
     * Replaces a file.
     *
     * @param version the file must have
     * @param done told when it was replaced
     */
    ApplyResult replace(Path file, String version, String text, String done) {
        Optional<Path> written = Optional.empty();
        try {
            var real = file.toRealPath();
            written = Optional.of(beside(real, text));
            if (!version(real).equals(version)) {
                return new ApplyResult.Again("file " + file + " was changed meanwhile", Duration.ZERO, false);
            }
            return move(written.get(), real, file, done);
        } catch (IOException e) {
            return fault(file, "cannot be replaced", e).result();
        } finally {
            written.ifPresent(FlagFiles::discard);
        }
    }

    /** A new file with the content, on the disk for certain, of the same owner, group and permissions. */
    Path beside(Path real, String text) throws IOException {
        var written = Files.createTempFile(real.resolveSibling(""), "." + real.getFileName() + ".", ".new");
        try {
            likeThe(real, written);
            write(written, text);
            return written;
        } catch (IOException e) {
            discard(written);
            throw e;
        }
    }

    private static void likeThe(Path real, Path written) throws IOException {
        var wanted = Files.readAttributes(real, PosixFileAttributes.class);
        var view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
        var own = view.readAttributes();
        if (!own.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!own.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }

    private static void write(Path written, String text) throws IOException {
        try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private ApplyResult move(Path written, Path real, Path file, String done) {
        try {
            rename(written, real);
            try (var folder = FileChannel.open(real.resolveSibling(""), StandardOpenOption.READ)) {
                folder.force(true);
            }
            return new ApplyResult.Accepted(done);
        } catch (AccessDeniedException e) {
            return fault(file, "cannot be replaced", e).result();
        } catch (IOException e) {
            // A file system over the network may have done it all the same.
            return new ApplyResult.Again(
                    fault(file, "may not have been replaced", e).text(), Duration.ZERO, true);
        }
    }

    /** The one change. */
    void rename(Path written, Path real) throws IOException {
        Files.move(written, real, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is left behind by a fault here is a hidden file that nobody reads. */
    private static void discard(Path written) {
        var ignored = written.toFile().delete();
    }

    private static FlagFault fault(Path file, String what, IOException e) {
        var reason = e instanceof FileSystemException known
                ? Optional.ofNullable(known.getReason())
                : Optional.<String>empty();
        return new FlagFault(kind(e, reason.orElse("")), "file " + file + " " + what + " (" + FileText.fault(e) + ")");
    }

    private static FlagFault.Kind kind(IOException e, String reason) {
        if (e instanceof NoSuchFileException) {
            return FlagFault.Kind.ABSENT;
        }
        var denied = e instanceof AccessDeniedException
                || reason.equals("Read-only file system")
                || reason.equals("Operation not permitted");
        return denied ? FlagFault.Kind.DENIED : FlagFault.Kind.PASSING;
    }
}
