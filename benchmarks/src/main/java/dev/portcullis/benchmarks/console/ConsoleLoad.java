package dev.portcullis.benchmarks.console;

import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import dev.portcullis.benchmarks.report.MarkdownTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the console takes with many open releases: how long the list of releases and the page of one take to be made, how much a browser loads, and how much memory people
 * take who look at one release. Prints a Markdown table; exits 1 when an answer is not what was asked for. Ends within three minutes.
 */
@Command(name = "console", mixinStandardHelpOptions = true, description = "Time, bytes and memory of the console.")
public final class ConsoleLoad implements Callable<Integer> {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_KB = 1_000;
    private static final double KIB_PER_MIB = 1_024;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    @Option(names = "--releases", defaultValue = "200", description = "Open releases (${DEFAULT-VALUE}).")
    private int releases;

    @Option(names = "--viewers", defaultValue = "500", description = "Open streams of one release (${DEFAULT-VALUE}).")
    private int viewers;

    @Option(
            names = "--warm-up",
            defaultValue = "500",
            description = "Pages before each measurement (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--pages", defaultValue = "2000", description = "Pages that are measured (${DEFAULT-VALUE}).")
    private int pages;

    @Option(
            names = "--as",
            description = "How Portcullis is run: ${COMPLETION-CANDIDATES}; as the archive if there is one.")
    private Installation installation = Installation.usual();

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new ConsoleLoad()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var table = new MarkdownTable(List.of("figure", "value", "goal"));
        try (var console = ConsoleUnderLoad.start(installation)) {
            System.err.println(releases + " releases ...");
            var release = console.open(releases);
            System.err.println("pages ...");
            addLatencies(table, "list of " + releases + " open releases", console, "/console", "under 20 ms");
            addLatencies(table, "page of a release", console, release, "");
            table.add(
                    List.of("first page with all it loads, compressed", kb(console.firstPageBytes()), "at most 60 kB"));
            System.err.println(viewers + " viewers ...");
            var before = console.liveHeap();
            try (var open = console.view(viewers, release)) {
                var growth = (console.liveHeap() - before) / KIB_PER_MIB;
                table.add(List.of(
                        open.number() + " viewers of one release, live heap",
                        String.format(Locale.ROOT, "%.1f MiB", growth),
                        "under 50 MB"));
            }
        }
        System.out.println(Machine.described());
        System.out.println(
                "servers: " + installation + "; load average of the last minute at the end: " + Machine.load());
        System.out.println();
        System.out.println(table);
        return 0;
    }

    /** One person who looks again and again, so that the figures are of the making and not of waiting behind others. */
    private void addLatencies(MarkdownTable table, String what, ConsoleUnderLoad console, String path, String goal)
            throws IOException, InterruptedException {
        var latencies = new Histogram(LONGEST_NANOS, DIGITS);
        for (int i = 0; i < warmUp + pages; i++) {
            var begin = System.nanoTime();
            console.page(path);
            if (i >= warmUp) {
                latencies.recordValue(System.nanoTime() - begin);
            }
        }
        table.add(List.of(what + ", p50", millis(latencies, 50), ""));
        table.add(List.of(what + ", p99", millis(latencies, 99), goal));
    }

    private static String millis(Histogram latencies, double percentile) {
        return String.format(Locale.ROOT, "%.1f ms", latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
    }

    private static String kb(long bytes) {
        return String.format(Locale.ROOT, "%.1f kB", bytes / BYTES_PER_KB);
    }
}
