package dev.portcullis.benchmarks.audit;

import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.transparency.SignerKeyFile;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decisions a second that can be recorded, with and without their entries in the audit log, in turns of one run. Prints a Markdown table. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Decisions a second that can be recorded, with and without the audit log.")
public final class AuditedDecisions implements Callable<Integer> {
    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    @Option(
            names = "--writers",
            defaultValue = "16",
            description = "Connections that decide at once (${DEFAULT-VALUE}).")
    private int writers;

    @Option(names = "--rounds", defaultValue = "3", description = "Turns of each kind (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--length", defaultValue = "PT10S", description = "Of one turn (${DEFAULT-VALUE}).")
    private Duration length = Duration.ZERO;

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new AuditedDecisions()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, ExecutionException {
        var table = new MarkdownTable(List.of("", "round", "decisions/s", "p50 ms", "p99 ms"));
        String log;
        try (var folder = TemporaryFolder.create();
                var database = EmbeddedDatabase.start(folder.folder("data"))) {
            SignerKeyFile.create(folder.file("audit.key"), "portcullis.benchmark/audit");
            var settings = database.settings();
            // The whole service: it migrates, and gives the entries their places meanwhile.
            try (var gate = ServiceLauncher.start("gate", settings(folder, settings))) {
                measure(settings, table);
                log = logOf(settings);
            }
        }
        System.out.println();
        System.out.println(Machine.described() + ", load " + Machine.load());
        System.out.println(writers + " writers, turns of " + length.toSeconds() + " s; " + log);
        System.out.println();
        System.out.println(table);
        return 0;
    }

    private static Map<String, Object> settings(TemporaryFolder folder, DatabaseSettings database) throws IOException {
        return Map.of(
                "portcullis.db.url", database.url(),
                "portcullis.db.user", database.user(),
                "portcullis.db.password", database.password(),
                "portcullis.config", folder.folder("config").toString(),
                "portcullis.http.port", 0,
                "portcullis.grpc.port", 0,
                "portcullis.audit.key", folder.file("audit.key").toString());
    }

    private void measure(DatabaseSettings database, MarkdownTable table)
            throws SQLException, InterruptedException, ExecutionException {
        List<Writer> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (var i = 0; i < writers; i++) {
                all.add(new Writer(database));
            }
            turn(all, threads::submit, false);
            turn(all, threads::submit, true);
            for (var round = 1; round <= rounds; round++) {
                for (var audited : new boolean[] {false, true}) {
                    System.err.println("round " + round + (audited ? ": with" : ": without") + " the log ...");
                    table.add(row(audited, round, turn(all, threads::submit, audited)));
                }
            }
        } finally {
            for (var writer : all) {
                writer.close();
            }
        }
    }

    private interface Threads {
        Future<Histogram> submit(Callable<Histogram> work);
    }

    private Histogram turn(List<Writer> all, Threads threads, boolean audited)
            throws InterruptedException, ExecutionException {
        var end = System.nanoTime() + length.toNanos();
        List<Future<Histogram>> working = new ArrayList<>();
        for (var writer : all) {
            working.add(threads.submit(() -> {
                var latencies = new Histogram(LONGEST_MICROS, DIGITS);
                writer.decideUntil(audited, end, latencies);
                return latencies;
            }));
        }
        var together = new Histogram(LONGEST_MICROS, DIGITS);
        for (var one : working) {
            together.add(one.get());
        }
        return together;
    }

    private List<String> row(boolean audited, int round, Histogram latencies) {
        return List.of(
                audited ? "with the audit log" : "decision alone",
                String.valueOf(round),
                String.format(Locale.ROOT, "%.0f", latencies.getTotalCount() * 1e3 / length.toMillis()),
                millis(latencies, 50),
                millis(latencies, 99));
    }

    private static String millis(Histogram latencies, double percentile) {
        return String.format(Locale.ROOT, "%.2f", latencies.getValueAtPercentile(percentile) / 1e3);
    }

    private static String logOf(DatabaseSettings database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select (select count(*) from audit.entries), (select count(*) from audit.leaves), (select count(*) from audit.checkpoints)")) {
            row.next();
            return row.getLong(1) + " entries, of which " + row.getLong(2) + " had their places under " + row.getLong(3)
                    + " checkpoints at the end";
        }
    }
}
