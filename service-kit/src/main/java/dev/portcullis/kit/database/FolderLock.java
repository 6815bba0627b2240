package dev.portcullis.kit.database;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to use a data folder, held by the operating system for the process: it ends with it, also by kill -9. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        var file = folder.resolve("portcullis.lock");
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartupException("the data folder " + folder
                        + " is in use by another Portcullis process; stop it, or choose another folder (--data,"
                        + " PORTCULLIS_DATA)");
            }
            return new FolderLock(channel);
        } catch (FileAlreadyExistsException e) {
            throw new StartupException(
                    "the data folder " + folder + " cannot be used: " + e.getFile()
                            + " is no folder, or a link that leads to none",
                    e);
        } catch (IOException e) {
            throw new StartupException("the data folder " + folder + " cannot be used: " + FileText.fault(e), e);
        }
    }

    private static java.nio.channels.@Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
