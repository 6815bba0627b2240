package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.load.WaitingCallers;
import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.Installation;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Portcullis as {@code ./portcullis up} runs it, on a service whose pods this process plays. Used by one thread. */
final class GateUnderLoad implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration MEASURING_LIMIT = Duration.ofSeconds(60);
    private static final Duration ASK_EVERY = Duration.ofMillis(500);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final String OPEN_WAITS = "portcullis_gate_open_waits";
    private static final String QUESTION = "/v1/argo?service=checkout&namespace=shop&rollout=checkout&canary="
            + CheckoutPods.CANARY + "&stable=" + CheckoutPods.STABLE + "&step=1&revision=";
    private static final String WAIT = """
            {"service": "checkout", "namespace": "shop", "rollout": "checkout", "canary": "%s", "stable": "%s", "revision": "%d", "stage": "canary-1", "wait": "10m"}""";

    private final FreePorts ports;
    private final CheckoutPods pods;
    private final ChildProcess process;
    private int revision;

    private GateUnderLoad(FreePorts ports, CheckoutPods pods, ChildProcess process) {
        this.ports = ports;
        this.pods = pods;
        this.process = process;
    }

    /** Starts it and waits until it is ready. */
    static GateUnderLoad start(Installation installation, TemporaryFolder folder)
            throws IOException, InterruptedException {
        var ports = FreePorts.free();
        var pods = CheckoutPods.start();
        var config = folder.folder("config");
        writeConfiguration(config, pods);
        var data = folder.folder("data");
        var process = ChildProcess.start(
                installation,
                "portcullis",
                List.of("up", "--config", config.toString(), "--data", data.toString()),
                ports.environment(),
                folder.file("standalone.log"));
        var gate = new GateUnderLoad(ports, pods, process);
        try {
            process.awaitOk(ports.http("gate", "/health/readiness"), START_LIMIT);
            return gate;
        } catch (IOException | InterruptedException | RuntimeException e) {
            gate.close();
            throw e;
        }
    }

    private static void writeConfiguration(Path config, CheckoutPods pods) throws IOException {
        try (var stream = GateUnderLoad.class.getResourceAsStream("/gate-load/checkout.yaml")) {
            if (stream == null) {
                throw new IOException("the class path lacks /gate-load/checkout.yaml");
            }
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(config.resolve("checkout.yaml"), text.replace("${target}", pods.address()));
        }
    }

    /**
     * Opens a release of another revision than before and waits until it is being measured, so that the load meets the usual answer and not a first one.
     *
     * @throws IOException when that takes more than a minute, with the last answer
     */
    Endpoint openRelease() throws IOException, InterruptedException {
        revision++;
        var address = ports.http("gate", QUESTION + revision);
        var end = System.nanoTime() + MEASURING_LIMIT.toNanos();
        while (true) {
            var answer = SingleRequests.get(address);
            var check = new DecisionCheck(DecisionCheck.releaseIn(answer));
            if (check.check(OK, answer).valid()) {
                return new Endpoint(Endpoint.GATE, address, check, answer.length);
            }
            if (System.nanoTime() > end) {
                throw new IOException("no release is being measured after " + MEASURING_LIMIT.toSeconds()
                        + " s; the last answer: " + new String(answer, StandardCharsets.UTF_8));
            }
            Thread.sleep(ASK_EVERY);
        }
    }

    /** Asks about the release that was opened last, and waits for its decision. */
    WaitingCallers wait(int callers, String release, Duration longest) throws IOException {
        var question = WAIT.formatted(CheckoutPods.CANARY, CheckoutPods.STABLE, revision);
        return WaitingCallers.ask(
                callers, ports.http("gate", "/v1/gate"), question, new PromoteCheck(release), longest);
    }

    /** How many waits are open, as the gate's metrics say. */
    int openWaits() throws IOException, InterruptedException {
        var metrics = new String(SingleRequests.get(ports.http("gate", "/prometheus")), StandardCharsets.UTF_8);
        var gauge = metrics.lines()
                .filter(line -> line.startsWith(OPEN_WAITS))
                .findFirst()
                .orElseThrow(() -> new IOException("the gate's metrics have no " + OPEN_WAITS));
        return (int) Double.parseDouble(gauge.substring(gauge.lastIndexOf(' ') + 1));
    }

    /**
     * Decides on a release as a person does, on a connection of its own.
     *
     * @return when it was decided, by the clock of this machine
     */
    Instant promote(String release) {
        var channel = ManagedChannelBuilder.forTarget(ports.grpc("gate"))
                .usePlaintext()
                .build();
        try {
            var promoted = GateServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .promoteRelease(PromoteReleaseRequest.newBuilder()
                            .setName(release)
                            .setReason("the callers have waited long enough")
                            .build());
            return ProtoTimes.instant(promoted.getLatestDecision().getCreateTime());
        } finally {
            channel.shutdownNow();
        }
    }

    /** Process id. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
        pods.close();
    }
}
