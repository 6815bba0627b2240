package dev.portcullis.kit.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacked programs that the data folders of one user share: a folder for each version. A data folder has the same files under names of its own (hard links; copies on
 * another file system), so that nothing is missing in it when somebody clears the cache. What others may have changed is not used. Thread-safe, also across processes.
 *
 * @param folder the cache of this user, which need not be there
 */
record SharedPrograms(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPrograms.class);

    /** In {@code portcullis} below the user's cache: {@code XDG_CACHE_HOME}, or {@code .cache} at home. Empty where there is none. */
    static Optional<SharedPrograms> ofUser() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> Optional.of(Path.of(System.getProperty("user.home"), ".cache"))
                        .filter(Path::isAbsolute))
                .map(cache -> new SharedPrograms(cache.resolve("portcullis")));
    }

    /**
     * Puts a version's programs into a new folder, if they are here and this user's alone.
     *
     * @return whether they were
     * @throws IOException when the new folder cannot be written; part of it may be there then
     */
    boolean take(String version, Path to) throws IOException {
        var programs = folder.resolve(version);
        if (!Files.exists(programs) || !usable(folder) || !usable(programs)) {
            return false;
        }
        put(programs, to);
        return true;
    }

    private static boolean usable(Path folder) throws IOException {
        var usable = PrivateFiles.isPrivate(folder);
        if (!usable) {
            LOG.warn(
                    "the programs of PostgreSQL in {} are not used: the folder should be this user's, with the rights rwx------; remove it, and it is made anew",
                    folder);
        }
        return usable;
    }

    /** Keeps a version's programs for other data folders. What cannot be kept is unpacked again for the next one. */
    void keep(String version, Path from) {
        try {
            PrivateFiles.createFolders(folder);
            if (usable(folder)) {
                keepAlone(version, from);
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("the programs of PostgreSQL are not kept in {}", folder, e);
        }
    }

    /** By one process at a time, so that what an interrupted one has left can be removed. */
    private void keepAlone(String version, Path from) throws IOException {
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null || Files.exists(folder.resolve(version))) {
                return;
            }
            var begun = folder.resolve("begun");
            PrivateFiles.delete(begun);
            put(from, begun);
            PrivateFiles.createFolder(begun);
            Files.move(begun, folder.resolve(version), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void put(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(visited)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                link(file, to.resolve(from.relativize(file)), attributes.isRegularFile());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void link(Path file, Path copy, boolean regular) throws IOException {
        try {
            if (regular) {
                Files.createLink(copy, file);
                return;
            }
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            LOG.trace("{} cannot be linked, so it is copied", file, e);
        }
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
}
