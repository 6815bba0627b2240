package dev.portcullis.kit.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The test's class path with its folders packed as jars, as they are in production and as the ahead-of-time cache of the JDK demands. */
final class ChildClassPath {
    private ChildClassPath() {}

    /** @param folder where the jars are put; one that is newer than what is in it is left as it is */
    static String inside(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                // An empty entry is the module's folder, whose jar would be packed into itself without an end.
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .map(entry -> Files.isDirectory(entry) ? packed(entry.toAbsolutePath(), folder) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path packed(Path classes, Path folder) {
        var name = Integer.toHexString(classes.toString().hashCode()) + "-" + classes.getFileName() + ".jar";
        var jar = folder.resolve(name);
        try (var walk = Files.walk(classes)) {
            var paths = walk.filter(path -> !path.equals(classes)).sorted().toList();
            if (!Files.exists(jar) || isNewer(paths, Files.getLastModifiedTime(jar))) {
                pack(classes, paths, jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Whether a file was written since, or a folder lost one. */
    private static boolean isNewer(List<Path> paths, FileTime than) throws IOException {
        for (var path : paths) {
            if (Files.getLastModifiedTime(path).compareTo(than) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** With entries for the folders: migrations and beans are looked for by folder. */
    private static void pack(Path classes, List<Path> paths, Path jar) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(0);
            for (var path : paths) {
                var name = classes.relativize(path).toString().replace(File.separatorChar, '/');
                zip.putNextEntry(new ZipEntry(Files.isDirectory(path) ? name + "/" : name));
                if (Files.isRegularFile(path)) {
                    Files.copy(path, zip);
                }
                zip.closeEntry();
            }
        }
    }
}
