package dev.portcullis.kit.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;

/** Files and folders that nobody but the user of this process may read or change. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Makes a folder, or takes the rights of others from one that is there. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        permit(folder, OWNER_ONLY);
    }

    /** Makes what is missing of a folder and those above it, nobody else's from the beginning; leaves alone what is there. */
    static void createFolders(Path folder) throws IOException {
        if (isPosix(Path.of("."))) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Whether a folder, and not a link to one, is this user's and has no rights for others; false where files have no such rights. */
    static boolean isPrivate(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return false;
        }
        var attributes = Files.readAttributes(folder, "unix:uid,permissions,isDirectory", LinkOption.NOFOLLOW_LINKS);
        return Boolean.TRUE.equals(attributes.get("isDirectory"))
                && OWNER_ONLY.equals(attributes.get("permissions"))
                && attributes.get("uid") instanceof Integer owner
                && Integer.toUnsignedLong(owner) == new UnixSystem().getUid();
    }

    /** Writes a file whole or not at all. */
    static void write(Path file, String content) throws IOException {
        var begun = file.resolveSibling(file.getFileName() + ".begun");
        Files.deleteIfExists(begun);
        Files.createFile(begun);
        permit(begun, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(begun, content);
        Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void permit(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (isPosix(path)) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    /** Removes a folder with what is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            deleteContent(folder);
            Files.delete(folder);
        }
    }

    /** Removes what is in a folder. */
    static void deleteContent(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .filter(path -> !path.equals(folder))
                    .forEach(PrivateFiles::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
