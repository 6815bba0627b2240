package dev.portcullis.benchmarks.gate;

import dev.portcullis.benchmarks.process.ChildProcess;
import dev.portcullis.benchmarks.process.FreePorts;
import dev.portcullis.benchmarks.process.TemporaryFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Portcullis as {@code ./portcullis up} runs it, on a service whose pods this process plays. Used by one thread. */
final class GateUnderLoad implements AutoCloseable {
    private static final String STANDALONE = "dev.portcullis.launcher.Portcullis";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration MEASURING_LIMIT = Duration.ofSeconds(60);
    private static final Duration ASK_EVERY = Duration.ofMillis(500);
    private static final int OK = 200;
    private static final String QUESTION = "/v1/argo?service=checkout&namespace=shop&rollout=checkout&canary="
            + CheckoutPods.CANARY + "&stable=" + CheckoutPods.STABLE + "&revision=2&step=1";

    private final FreePorts ports;
    private final CheckoutPods pods;
    private final ChildProcess process;

    private GateUnderLoad(FreePorts ports, CheckoutPods pods, ChildProcess process) {
        this.ports = ports;
        this.pods = pods;
        this.process = process;
    }

    /** Starts it and waits until it is ready. */
    static GateUnderLoad start(TemporaryFolder folder) throws IOException, InterruptedException {
        var ports = FreePorts.free();
        var pods = CheckoutPods.start();
        var config = folder.folder("config");
        writeConfiguration(config, pods);
        var data = folder.folder("data");
        var process = ChildProcess.start(
                STANDALONE,
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
     * Opens a release and waits until it is being measured, so that the load meets the usual answer and not a first one.
     *
     * @throws IOException when that takes more than a minute, with the last answer
     */
    Endpoint openRelease() throws IOException, InterruptedException {
        var address = ports.http("gate", QUESTION);
        var end = System.nanoTime() + MEASURING_LIMIT.toNanos();
        while (true) {
            var answer = SingleRequests.get(address);
            var check = new DecisionCheck(DecisionCheck.releaseIn(answer));
            if (check.check(OK, answer).valid()) {
                return new Endpoint("gate /v1/argo", address, check, answer.length);
            }
            if (System.nanoTime() > end) {
                throw new IOException("no release is being measured after " + MEASURING_LIMIT.toSeconds()
                        + " s; the last answer: " + new String(answer, StandardCharsets.UTF_8));
            }
            Thread.sleep(ASK_EVERY);
        }
    }

    @Override
    public void close() {
        process.close();
        pods.close();
    }
}
