package dev.portcullis.benchmarks.record;

import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.benchmarks.report.FaultHandler;
import dev.portcullis.benchmarks.report.Machine;
import dev.portcullis.benchmarks.report.MarkdownTable;
import dev.portcullis.kit.database.EmbeddedDatabase;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Bytes that the record of a release takes in the database, table by table: all services on a PostgreSQL, canaries that are measured for as many windows as an hour of the
 * default policy has, in quicker succession. Prints a Markdown table; exits 1 when a release has not ended.
 */
@Command(name = "record", mixinStandardHelpOptions = true, description = "Bytes that the record of a release takes.")
public final class ReleaseHours implements Callable<Integer> {
    /** Windows of an hour of the default policy. */
    private static final int WINDOWS = 120;

    private static final Duration WINDOW = Duration.ofMillis(600);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** So long it takes to keep what belongs to a release that has ended. */
    private static final Duration SETTLE = Duration.ofSeconds(15);

    @Option(names = "--releases", defaultValue = "10", description = "Releases at once (${DEFAULT-VALUE}).")
    private int releases;

    /** The main program. */
    public static void main(String[] arguments) {
        var command = new CommandLine(new ReleaseHours()).setExecutionExceptionHandler(new FaultHandler());
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        try (var folder = TemporaryFolder.create();
                var pods = new MeasuredPods(releases);
                var database = EmbeddedDatabase.start(folder.folder("data"))) {
            var configuration = folder.folder("config");
            writeTo(configuration, pods.address());
            var settings = database.settings();
            var port = freePort();
            var given = new HashMap<String, Object>(Map.of(
                    "portcullis.db.url",
                    settings.url(),
                    "portcullis.db.user",
                    settings.user(),
                    "portcullis.db.password",
                    settings.password(),
                    "portcullis.http.port",
                    0,
                    "portcullis.grpc.port",
                    0,
                    "gate.grpc.port",
                    port));
            try (var _unused = AllServices.start(configuration, folder.folder("none"), System.err, given)) {
                // Of the first ones' old versions of rows, the room is there for those that follow.
                measure(port, "1");
                var before = TableSizes.read(settings);
                var decisions = measure(port, "2");
                Thread.sleep(SETTLE);
                var after = TableSizes.read(settings);
                print(after.less(before), decisions);
            }
        }
        return 0;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void writeTo(Path folder, String metrics) throws IOException {
        var text = new StringBuilder(resource("source.yaml").replace("${metrics}", metrics));
        var each = resource("service.yaml")
                .replace("${poll}", WINDOW.dividedBy(2).toMillis() + "ms")
                .replace("${window}", WINDOW.toMillis() + "ms")
                .replace("${deadline}", WINDOW.multipliedBy(WINDOWS).toMillis() + "ms");
        for (var number = 0; number < releases; number++) {
            text.append(each.replace("${service}", MeasuredPods.service(number)));
        }
        Files.writeString(folder.resolve("services.yaml"), text);
    }

    private static String resource(String name) throws IOException {
        try (var stream = ReleaseHours.class.getResourceAsStream("/record/" + name)) {
            if (stream == null) {
                throw new IOException("the class path lacks /record/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return how many decisions are on record of all */
    private int measure(int port, String revision) throws IOException, InterruptedException {
        var channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        try {
            var gate = GateServiceGrpc.newBlockingStub(channel);
            System.err.println(revision + ": " + releases + " releases are measured ...");
            Map<String, String> names = new HashMap<>();
            await("the end of every release", () -> haveEnded(gate, revision, names));
            return names.values().stream()
                    .mapToInt(name -> gate.listDecisions(ListDecisionsRequest.newBuilder()
                                    .setParent(name)
                                    .setPageSize(200)
                                    .build())
                            .getDecisionsCount())
                    .sum();
        } finally {
            channel.shutdownNow();
        }
    }

    /** Asks about each, as what moves the traffic does: often enough to hear of every window. */
    private boolean haveEnded(GateServiceBlockingStub gate, String revision, Map<String, String> names) {
        var open = false;
        for (var number = 0; number < releases; number++) {
            var service = MeasuredPods.service(number);
            var release = gate.evaluateGate(EvaluateGateRequest.newBuilder()
                            .setService(service)
                            .setCanary(MeasuredPods.CANARY)
                            .setStable(MeasuredPods.STABLE)
                            .setRevision(revision)
                            .build())
                    .getRelease();
            names.put(service, release.getName());
            // The first answers of a new process may come too late to name one; one that is undecided at its deadline
            // waits for a person.
            open |= release.getName().isEmpty()
                    || release.getState() == Release.State.OPEN
                            && !release.getLatestDecision()
                                    .getReasonsList()
                                    .contains(DecisionReason.DEADLINE_UNDECIDED);
        }
        return !open;
    }

    private static void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited " + LIMIT.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private void print(TableSizes added, int decisions) {
        var table = new MarkdownTable(List.of("table", "rows per release", "kB per release"));
        added.bytes().forEach((name, bytes) -> {
            if (bytes > 0) {
                table.add(List.of(
                        name,
                        figure((double) added.rows().getOrDefault(name, 0L) / releases),
                        figure(bytes / 1e3 / releases)));
            }
        });
        table.add(List.of("all", "", figure(added.total() / 1e3 / releases)));
        System.out.println();
        System.out.println(Machine.described() + ", load " + Machine.load());
        System.out.println(releases + " releases of " + WINDOWS + " windows, " + figure((double) decisions / releases)
                + " decisions each");
        System.out.println();
        System.out.println(table);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
