package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.ClosedLoop;
import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decisions per second and their latencies on a release that is open already, beside the bare endpoint. Prints a Markdown table; exits 1 after errors. */
@Command(name = "gate", mixinStandardHelpOptions = true, description = "Load on /v1/argo and on a bare endpoint.")
public final class GateLoad implements Callable<Integer> {
    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,8,32",
            description = "Clients, one load each (${DEFAULT-VALUE}).")
    private List<Integer> clients = List.of();

    @Option(names = "--warm-up", defaultValue = "PT10S", description = "Before each measurement (${DEFAULT-VALUE}).")
    private Duration warmUp = Duration.ZERO;

    @Option(names = "--measure", defaultValue = "PT15S", description = "Each measurement (${DEFAULT-VALUE}).")
    private Duration measured = Duration.ZERO;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Times both endpoints are measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--bare-only", description = "Leave the gate out.")
    private boolean bareOnly;

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new GateLoad()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var report = new LoadReport();
        try (var endpoints = Endpoints.start(!bareOnly)) {
            for (var round = 1; round <= rounds; round++) {
                for (var endpoint : endpoints.all()) {
                    measure(round, endpoint, report);
                }
            }
        }
        System.out.println();
        System.out.println(Machine.described());
        System.out.println("servers: " + ChildProcess.options() + "; warm-up " + warmUp.toSeconds() + " s, measured "
                + measured.toSeconds() + " s each");
        System.out.println();
        System.out.println(report);
        return report.errors() == 0 ? 0 : 1;
    }

    private void measure(int round, Endpoint endpoint, LoadReport report) throws InterruptedException {
        for (var number : clients) {
            System.err.println("round " + round + ": " + endpoint.name() + ", " + number + " clients ...");
            var load = new ClosedLoop(number, warmUp, measured);
            report.add(endpoint, number, round, load.run(endpoint.address(), endpoint.check()));
        }
    }
}
