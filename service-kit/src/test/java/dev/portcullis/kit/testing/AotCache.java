package dev.portcullis.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The class path of child processes, and the JDK's ahead-of-time cache of its loaded and linked classes: one file in the module's {@code target}, which goes with
 * exactly these classes and this JDK, and is made anew when either has changed. Thread-safe.
 */
final class AotCache {
    private static final Path FOLDER = Path.of("target", "child-jvm").toAbsolutePath();

    private final String classPath = ChildClassPath.inside(FOLDER);
    private final Path cache = FOLDER.resolve(fingerprint(classPath) + ".aot");
    private boolean tried;

    /** The options of a child: its class path, and the cache when there is one. The JVM leaves out a cache that does not fit. */
    synchronized List<String> options() {
        var options = new ArrayList<>(List.of("-cp", classPath));
        if (Files.exists(cache)) {
            options.add("-XX:AOTCache=" + cache);
        }
        return options;
    }

    /**
     * Makes the cache unless it is there. What cannot be made is tried once and then done without.
     *
     * @param run runs a program with the options it is given, from its start to an orderly end
     */
    synchronized void makeOnce(Consumer<List<String>> run) {
        if (tried || Files.exists(cache)) {
            return;
        }
        tried = true;
        var begun = cache.resolveSibling("begun-" + ProcessHandle.current().pid() + ".aot");
        run.accept(List.of("-cp", classPath, "-XX:AOTCacheOutput=" + begun));
        try {
            if (Files.exists(begun)) {
                removeOthers(begun);
                Files.move(begun, cache);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeOthers(Path kept) throws IOException {
        try (var files = Files.list(FOLDER)) {
            for (var file : files.filter(f -> f.toString().endsWith(".aot")).toList()) {
                if (!file.equals(kept)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String fingerprint(String classPath) {
        var sum = new CRC32();
        Stream.concat(Stream.of(System.getProperty("java.vm.version")), Stream.of(classPath.split(File.pathSeparator)))
                .map(AotCache::identity)
                .forEach(text -> sum.update(text.getBytes(UTF_8)));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static String identity(String entry) {
        var file = new File(entry);
        return entry + " " + file.length() + " " + file.lastModified() + "\n";
    }
}
