package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.ClosedLoop;
import dev.portcullis.benchmarks.load.OpenLoop;
import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Answers per second and their latencies beside the bare endpoint: of clients in a loop, of polls that come by a schedule, and of polls beside many open waits. Prints
 * Markdown tables; exits 1 after errors. Ends within three minutes.
 */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = "Load on /v1/argo, /v1/gate and a bare endpoint.")
public final class GateLoad implements Callable<Integer> {
    private static final int CONNECTIONS = 64;

    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,8,32",
            description = "Clients, one load each (${DEFAULT-VALUE}).")
    private List<Integer> clients = List.of();

    @Option(names = "--warm-up", defaultValue = "PT2S", description = "Before each measurement (${DEFAULT-VALUE}).")
    private Duration warmUp = Duration.ZERO;

    @Option(names = "--measure", defaultValue = "PT5S", description = "Each measurement (${DEFAULT-VALUE}).")
    private Duration measured = Duration.ZERO;

    @Option(
            names = "--rounds",
            defaultValue = "2",
            description = "Times both endpoints are measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--polls",
            defaultValue = "1000",
            description = "Polls a second of the open loop (${DEFAULT-VALUE}).")
    private int polls;

    @Option(
            names = "--poll-for",
            defaultValue = "PT10S",
            description = "Each measurement of an open loop (${DEFAULT-VALUE}).")
    private Duration pollFor = Duration.ZERO;

    @Option(names = "--waits", defaultValue = "1000", description = "Open waits; 0 = none (${DEFAULT-VALUE}).")
    private int waits;

    @Option(
            names = "--polls-beside",
            defaultValue = "200",
            description = "Polls a second beside the open waits (${DEFAULT-VALUE}).")
    private int pollsBeside;

    @Option(
            names = "--as",
            description = "How Portcullis is run: ${COMPLETION-CANDIDATES}; as the archive if there is one.")
    private Installation installation = Installation.usual();

    @Option(names = "--bare-only", description = "Leave the gate out.")
    private boolean bareOnly;

    private final AnswerKinds kinds = new AnswerKinds();

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new GateLoad()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var loads = new LoadReport();
        var open = new OpenWaitsReport();
        try (var endpoints = Endpoints.start(installation, !bareOnly)) {
            // Before the loads, which make the process grow.
            if (waits > 0 && endpoints.gate().isPresent()) {
                waitAndPoll(endpoints.gate().get(), open);
            }
            var all = endpoints.open();
            for (var round = 1; round <= rounds; round++) {
                for (var endpoint : all) {
                    askInLoops(round, endpoint, loads);
                }
            }
            for (var endpoint : all) {
                pollBySchedule(endpoint, loads);
            }
        }
        System.out.println();
        System.out.println(Machine.described());
        System.out.println("servers: " + installation + "; clients: warm-up " + warmUp.toSeconds()
                + " s, measured " + measured.toSeconds() + " s each; polls by a schedule: measured "
                + pollFor.toSeconds() + " s each; load average of the last minute at the end: " + Machine.load());
        System.out.println();
        System.out.println(loads);
        System.out.println();
        System.out.println(open);
        System.out.println();
        System.out.println(kinds);
        return kinds.errors() == 0 ? 0 : 1;
    }

    private void waitAndPoll(GateUnderLoad gate, OpenWaitsReport report) throws IOException, InterruptedException {
        System.err.println(waits + " waits, " + pollsBeside + " polls a second beside them ...");
        var result = new OpenWaitsLoad(waits, pollsBeside, pollFor, pollFor).run(gate);
        report.add(waits, result);
        kinds.add("polls before the waits", result.before());
        kinds.add("polls beside the waits", result.polls());
        kinds.add("waits", result.answers());
    }

    private void askInLoops(int round, Endpoint endpoint, LoadReport report) throws InterruptedException {
        for (var number : clients) {
            System.err.println("round " + round + ": " + endpoint.name() + ", " + number + " clients ...");
            var result = new ClosedLoop(number, warmUp, measured).run(endpoint.address(), endpoint.check());
            report.add(endpoint, number + " clients", round, result);
            kinds.add(endpoint.name(), result);
        }
    }

    private void pollBySchedule(Endpoint endpoint, LoadReport report) throws InterruptedException {
        System.err.println(endpoint.name() + ", " + polls + " polls a second ...");
        var result = new OpenLoop(polls, CONNECTIONS, warmUp, pollFor).run(endpoint.address(), endpoint.check());
        report.add(endpoint, polls + " a second", 1, result);
        kinds.add(endpoint.name(), result);
    }
}
