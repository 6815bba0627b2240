package dev.portcullis.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory of processes, in KiB. */
public final class Memory {
    private static final int TOTAL_WORDS = 3;
    private static final long BYTES_PER_KIB = 1_024;

    private Memory() {}

    /**
     * Memory of the objects on the heap of a Java process that something still refers to: its collector runs, which takes some hundred milliseconds.
     *
     * @throws IOException when the JDK's program jcmd cannot be run or does not tell
     */
    public static long liveHeap(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            var total = total(output.lines());
            process.waitFor();
            return total;
        }
    }

    /** The sum of a class histogram: its line "Total", the number of objects, and their bytes. */
    static long total(Stream<String> histogram) throws IOException {
        return histogram
                .map(String::strip)
                .filter(line -> line.startsWith("Total "))
                .map(line -> line.split(" +", -1))
                .filter(words -> words.length == TOTAL_WORDS)
                .mapToLong(words -> Long.parseLong(words[TOTAL_WORDS - 1]) / BYTES_PER_KIB)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IOException("jcmd GC.class_histogram tells no total"));
    }

    /** Resident memory of a process (VmRSS): its own pages and those it shares. */
    public static long resident(long pid) throws IOException {
        return field(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    /**
     * Memory of the PostgreSQL server of a data folder with all its processes: the sum of their proportional sets (Pss), in which a page that several of
     * them share, such as of the shared buffers, counts once.
     *
     * @param dataFolder the folder an embedded database was started with
     */
    public static long postgres(Path dataFolder) throws IOException {
        var sum = 0L;
        for (var pid : postgresProcesses(dataFolder)) {
            try {
                sum += field(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
            } catch (NoSuchFileException ended) {
                // a backend that ended between the two looks has no memory
            }
        }
        return sum;
    }

    /** The processes of the PostgreSQL server of a data folder. */
    public static List<Long> postgresProcesses(Path dataFolder) throws IOException {
        var file = dataFolder.resolve("postgres").resolve("postmaster.pid");
        var postmaster = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        var backends = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(postmaster), backends).toList();
    }

    private static long field(Path file, String name) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException(file + " has no line " + name));
        }
    }
}
