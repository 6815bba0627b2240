package dev.portcullis.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder that is deleted with all it holds when the benchmark is through with it. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Makes one. */
    public static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("portcullis-benchmark"));
    }

    /** A folder inside it, made when it is not there. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    /** A file inside it, which need not be there. */
    public Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (var paths = Files.walk(path)) {
            for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
