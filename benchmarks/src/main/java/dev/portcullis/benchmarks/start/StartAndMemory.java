package dev.portcullis.benchmarks.start;

import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import dev.portcullis.kit.database.EmbeddedDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Start-up time and resident memory of each service and of standalone. Prints a Markdown table. Needs Linux, for /proc. */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Start-up time and memory of each service.")
public final class StartAndMemory implements Callable<Integer> {
    private static final List<String> SERVICES = List.of("analysis", "gate", "rollback");

    @Option(names = "--runs", defaultValue = "5", description = "Starts of each, 2 or more (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--settle",
            defaultValue = "PT10S",
            description = "From readiness to the look at the memory (${DEFAULT-VALUE}).")
    private Duration settle = Duration.ZERO;

    @Option(
            names = "--as",
            split = ",",
            description =
                    "How they are run, one after the other: ${COMPLETION-CANDIDATES}; PLAIN, then as the archive if there is one.")
    private Set<Installation> installations = EnumSet.of(Installation.PLAIN, Installation.usual());

    @Option(names = "--only", split = ",", description = "Of analysis, gate, rollback, standalone; without it all.")
    private List<String> only = List.of();

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new StartAndMemory()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < 2) {
            throw new IllegalArgumentException(
                    "--runs is " + runs + ", must be 2 or more: the first start is told apart");
        }
        var report = new StartReport();
        try (var folder = TemporaryFolder.create()) {
            for (var installation : installations) {
                services(installation, folder, report);
                if (wanted("standalone")) {
                    report.add(installation, "standalone", starts(StartedProcess.standalone(installation, folder)));
                }
            }
        }
        System.out.println();
        System.out.println(Machine.described());
        System.out.println(runs + " starts of each, memory " + settle.toSeconds() + " s after readiness");
        System.out.println();
        System.out.println(report);
        return 0;
    }

    private void services(Installation installation, TemporaryFolder folder, StartReport report)
            throws IOException, InterruptedException {
        if (SERVICES.stream().noneMatch(this::wanted)) {
            return;
        }
        try (var database = EmbeddedDatabase.start(folder.folder("shared-data-" + installation.name()))) {
            for (var service : SERVICES) {
                if (wanted(service)) {
                    var process = StartedProcess.service(installation, service, database.settings(), folder);
                    report.add(installation, process.program(), starts(process));
                }
            }
        }
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private List<Start> starts(StartedProcess process) throws IOException, InterruptedException {
        var starts = new ArrayList<Start>();
        for (var run = 1; run <= runs; run++) {
            System.err.println(
                    process.installation() + ", " + process.program() + ": start " + run + " of " + runs + " ...");
            starts.add(process.start(settle));
        }
        return starts;
    }
}
