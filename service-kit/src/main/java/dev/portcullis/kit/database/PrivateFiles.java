package dev.portcullis.kit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** Files and folders that nobody but the user of this process may read or change. */
final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes a folder, or takes the rights of others from one that is there. */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        permit(folder, "rwx------");
    }

    /** Writes a file whole or not at all. */
    static void write(Path file, String content) throws IOException {
        var begun = file.resolveSibling(file.getFileName() + ".begun");
        Files.deleteIfExists(begun);
        Files.createFile(begun);
        permit(begun, "rw-------");
        Files.writeString(begun, content);
        Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
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
