package dev.portcullis.kit.testing;

import dev.portcullis.kit.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;

/**
 * Data folders as {@link EmbeddedDatabase} leaves them when it is closed. One is made per run of tests, and the others are copies of it without the
 * programs, which data folders share: to make the files takes seconds of a processor each time. Thread-safe.
 */
public final class DataFolders {
    private static final String PROGRAMS = "postgres-programs";

    private DataFolders() {}

    /** Makes a folder look like one whose database was started and closed once. */
    public static void fill(Path folder) {
        put(Started.FOLDER, folder);
    }

    private static void put(Path from, Path to) {
        try {
            Files.walkFileTree(from, new CopyVisitor(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CopyVisitor extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        CopyVisitor(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.endsWith(PROGRAMS)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            var copy = to.resolve(from.relativize(folder));
            if (!Files.exists(copy)) {
                Files.copy(folder, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var copy = to.resolve(from.relativize(file));
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Started {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory("data-folder");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
                EmbeddedDatabase.start(folder).close();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
