package dev.portcullis.benchmarks.scale;

import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.MetricsServer;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Queries per tick and processor time with few and many canaries, against a real Prometheus that scrapes a fleet this process plays.
 * Prints a Markdown table; exits 1 when an analysis was not measured as it should be. Needs the program {@code prometheus}.
 */
@Command(name = "scale", mixinStandardHelpOptions = true, description = "What many canaries cost.")
public final class ManyCanaries implements Callable<Integer> {
    private static final Duration POLL = Duration.ofSeconds(15);

    @Option(names = "--canaries", split = ",", defaultValue = "1,100,1000,5000", description = "(${DEFAULT-VALUE})")
    private List<Integer> canaries = List.of();

    @Option(names = "--metrics", defaultValue = "10", description = "Metrics in all (${DEFAULT-VALUE}).")
    private int metrics;

    @Option(names = "--objectives", defaultValue = "1", description = "Metrics per canary (${DEFAULT-VALUE}).")
    private int objectives;

    @Option(names = "--ticks", defaultValue = "12", description = "Ticks of 15 s measured (${DEFAULT-VALUE}).")
    private int ticks;

    @Option(names = "--warm-up", defaultValue = "4", description = "Ticks before that (${DEFAULT-VALUE}).")
    private int warmUp;

    private final MarkdownTable table = new MarkdownTable(List.of(
            "canaries",
            "series",
            "queries per tick",
            "analysis-service, % of a core",
            "its PostgreSQL, % of a core",
            "Prometheus, % of a core",
            "resident MiB"));

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new ManyCanaries()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (var number : canaries) {
            measure(new Fleet(number, metrics, objectives));
        }
        System.out.println(Machine.described());
        System.out.println("servers: " + Installation.usual() + "; " + metrics + " metrics, " + objectives
                + " of them per canary; " + ticks + " ticks of " + POLL.toSeconds() + " s after " + warmUp
                + " ticks of warm-up");
        System.out.println();
        System.out.println(table);
        return 0;
    }

    private void measure(Fleet fleet) throws IOException, InterruptedException {
        var name = "fleet-" + fleet.canaries();
        try (var folder = TemporaryFolder.create();
                var page = new MetricsServer(fleet::page);
                var prometheus = PrometheusServer.start(folder, name, page.target());
                var database = EmbeddedDatabase.start(folder.folder("data"))) {
            System.err.println(fleet.canaries() + " canaries: waiting for the first scrape ...");
            prometheus.awaitSeries(fleet.series());
            try (var analysis = AnalysisServer.start(folder, name, fleet, POLL, database.settings(), prometheus)) {
                analysis.begin(fleet);
                System.err.println(fleet.canaries() + " canaries: all begun; measuring ...");
                Thread.sleep(POLL.multipliedBy(warmUp));
                var before = Usage.now(analysis, folder.folder("data"), prometheus);
                Thread.sleep(POLL.multipliedBy(ticks));
                var used =
                        Usage.now(analysis, folder.folder("data"), prometheus).since(before);
                check(fleet, analysis.analyses());
                add(fleet, used, analysis.residentMib());
            }
        }
    }

    /** Every canary measured, by windows without a gap, or the figures mean nothing. */
    private void check(Fleet fleet, List<Analysis> analyses) throws IOException {
        var least = (warmUp + ticks) / 2 - 2;
        var measured = analyses.stream()
                .filter(analysis -> analysis.getMeasuring() == MeasuringState.MEASURING)
                .filter(analysis -> analysis.getWindowCount() >= least)
                .count();
        if (measured != fleet.canaries()) {
            throw new IOException("of " + fleet.canaries() + " canaries " + measured + " were measured in " + least
                    + " windows or more; one of the others: "
                    + analyses.stream()
                            .filter(a -> a.getMeasuring() != MeasuringState.MEASURING || a.getWindowCount() < least)
                            .findFirst()
                            .map(Analysis::toString)
                            .orElse("none"));
        }
    }

    private void add(Fleet fleet, Usage used, long residentMib) {
        table.add(List.of(
                Integer.toString(fleet.canaries()),
                Integer.toString(fleet.series()),
                String.format(Locale.ROOT, "%.1f", used.queries() / (double) ticks),
                percent(used.analysis(), used),
                percent(used.postgres(), used),
                percent(used.prometheus(), used),
                Long.toString(residentMib)));
        System.err.println(table);
    }

    private static String percent(double seconds, Usage of) {
        return String.format(Locale.ROOT, "%.1f", 100 * seconds / of.seconds());
    }
}
