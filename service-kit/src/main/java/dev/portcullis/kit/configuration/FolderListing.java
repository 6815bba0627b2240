package dev.portcullis.kit.configuration;

import dev.portcullis.kit.text.FileText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The YAML files of a folder and its subfolders by name, links followed, names that begin with a dot left out.
 *
 * <p>Leaving those out is also what makes a mounted Kubernetes ConfigMap appear once: its files are links through
 * {@code ..data} into a dated folder.
 *
 * @param stamps per file, relative to the folder and with {@code /}: a text that changes when the file is replaced or written to
 * @param obstacles per folder that could not be listed: why
 */
record FolderListing(SortedMap<String, String> stamps, SortedMap<String, String> obstacles) {

    static FolderListing of(Path dir) {
        FolderListing listing = new FolderListing(new TreeMap<>(), new TreeMap<>());
        if (!Files.isDirectory(dir)) {
            String what = Files.exists(dir) ? "is not a folder" : "folder does not exist";
            listing.obstacles.put(dir.toString(), what + "; create it or name another configuration folder");
            return listing;
        }
        try {
            Files.walkFileTree(
                    dir, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(dir, listing));
        } catch (IOException unexpected) {
            throw new UncheckedIOException("cannot list the configuration folder " + dir, unexpected);
        }
        return listing;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path dir;
        private final FolderListing listing;

        Visitor(Path dir, FolderListing listing) {
            this.dir = dir;
            this.listing = listing;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(dir) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && isYaml(file)) {
                String stamp = attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
                listing.stamps.put(name(file), stamp);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A folder or file that vanished since it was listed is no fault: the next listing lacks it. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            if ((file.equals(dir) || !isHidden(file)) && !(reason instanceof NoSuchFileException)) {
                boolean loops = reason instanceof FileSystemLoopException;
                listing.obstacles.put(
                        name(file),
                        loops
                                ? "link leads back to a folder it stands in; remove the link"
                                : "cannot be listed (" + FileText.fault(reason)
                                        + "); give this process read permission");
            }
            return FileVisitResult.CONTINUE;
        }

        /** Listing a folder may break off half way, as when it is removed meanwhile. */
        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException reason) {
            return reason == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, reason);
        }

        private String name(Path path) {
            String name = dir.relativize(path).toString().replace('\\', '/');
            return name.isEmpty() ? dir.toString() : name;
        }

        private static boolean isHidden(Path path) {
            Path last = path.getFileName();
            return last != null && last.toString().startsWith(".");
        }

        private static boolean isYaml(Path path) {
            String name = path.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".yaml") || name.endsWith(".yml");
        }
    }
}
