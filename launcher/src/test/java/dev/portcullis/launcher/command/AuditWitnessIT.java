package dev.portcullis.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.transparency.KeyKind;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.SignerKey;
import dev.portcullis.kit.transparency.SignerKeyFile;
import dev.portcullis.launcher.PortcullisClient;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.launcher.witness.Witness;
import dev.portcullis.launcher.witness.WitnessFile;
import dev.portcullis.launcher.witness.WitnessServer;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.CancelAnalysisRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of all services, with a witness elsewhere. */
final class AuditWitnessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Site site;
    private static SignerKey log;
    private static SignerKey witness;
    private static WitnessServer server;
    private static WitnessFile state;
    private static AllServices services;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        log = SignerKeyFile.create(folder.resolve("key"), "portcullis.example/audit");
        witness = SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());
        WitnessFile.create(folder.resolve("state"));
        state = WitnessFile.open(folder.resolve("state"));
        server = new WitnessServer(
                new Witness(witness, List.of(log.verifier()), state, InstantSource.system()),
                new InetSocketAddress("127.0.0.1", 0));
        Files.writeString(
                folder.resolve("witnesses"),
                "# the security team's\nhttp://127.0.0.1:" + server.port() + "/ "
                        + witness.verifier().text() + "\n");
        site = new Site();
        services = TestPortcullis.start(
                site,
                folder,
                Map.of(
                        "portcullis.audit.key", folder.resolve("key").toString(),
                        "portcullis.audit.witnesses",
                                folder.resolve("witnesses").toString()));
    }

    @AfterAll
    static void stop() throws IOException {
        services.close();
        server.close();
        state.close();
        site.close();
    }

    private static String gate() {
        return "127.0.0.1:" + PortcullisClient.of(services).gateGrpc();
    }

    private static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<String> exported(String... more) {
        var arguments = new ArrayList<>(List.of("audit", "export", "--gate", gate()));
        arguments.addAll(List.of(more));
        assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
        return out.toString().lines().toList();
    }

    private static Optional<String> get(String path) throws IOException {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + services.gate().httpPort() + path);
            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheWitnessHasSeenIsServedExportedAndVerified() throws IOException {
        var note =
                SignedNote.parse(Await.value("a cosigned checkpoint", LIMIT, () -> get("/audit/checkpoint/witnessed")));
        assertTrue(witness.verifier().signs(note));
        assertTrue(log.verifier().signs(note));
        var lines = Await.value(
                "a cosigned start", LIMIT, () -> Optional.of(exported("--witnessed", "--action", "START_SERVICE"))
                        .filter(found -> found.size() == 3));
        var file = Files.write(folder.resolve("export.jsonl"), lines).toString();
        var key = log.verifier().text();
        assertEquals(
                0,
                run(
                        "audit",
                        "verify",
                        file,
                        "--key",
                        key,
                        "--witness",
                        witness.verifier().text()),
                out::toString);
        var stranger = SignerKey.generate("witness.example/w1", KeyKind.WITNESS, new SecureRandom());
        assertEquals(
                1,
                run(
                        "audit",
                        "verify",
                        file,
                        "--key",
                        key,
                        "--witness",
                        stranger.verifier().text()));
        assertTrue(out.toString().startsWith("CHECKPOINT_UNWITNESSED: "), out::toString);
        assertEquals(2, run("audit", "verify", file, "--key", key, "--witness", key));
        assertTrue(err.toString().contains("--witness is no verifier key of a witness"), err::toString);
    }

    @Test
    void theStartsOfAllServicesAreInTheLogOnce() {
        var lines = Await.value("all three", LIMIT, () -> Optional.of(exported("--action", "START_SERVICE"))
                .filter(found -> found.size() >= 3));
        for (var service : List.of("analysis", "gate", "rollback")) {
            assertEquals(
                    1,
                    lines.stream()
                            .filter(line -> line.contains("\"subject\\\":\\\"" + service + "\\\"")
                                    || line.contains("\"subject\":\"" + service + "\""))
                            .count(),
                    service + " in " + lines);
        }
    }

    @Test
    void whatAPersonCancelsAtAnotherServiceIsInTheLogWithWhoAndWhy() {
        var gate = channel(PortcullisClient.of(services).gateGrpc());
        var analysis = channel(services.service("analysis").grpcPort());
        try {
            var request = EvaluateGateRequest.newBuilder()
                    .setService("checkout")
                    .setRollout("cancelled")
                    .setCanary("c1")
                    .setStable("s1")
                    .build();
            var name = Await.value("an analysis", LIMIT, () -> Optional.of(GateServiceGrpc.newBlockingStub(gate)
                            .evaluateGate(request)
                            .getRelease()
                            .getAnalysis())
                    .filter(found -> !found.isEmpty()));
            AnalysisServiceGrpc.newBlockingStub(analysis)
                    .cancelAnalysis(CancelAnalysisRequest.newBuilder()
                            .setName(name)
                            .setReason("it measures the wrong pods")
                            .build());
            var line = Await.value("its entry", LIMIT, () -> exported("--action", "CANCEL_ANALYSIS").stream()
                    .filter(found -> found.contains(name))
                    .findFirst());
            assertTrue(line.contains("it measures the wrong pods"), line);
            assertTrue(line.contains("gRPC portcullis.analysis.v1.AnalysisService/CancelAnalysis"), line);
            assertEquals(
                    1,
                    exported("--action", "CANCEL_ANALYSIS").stream()
                            .filter(found -> found.contains(name))
                            .count());
        } finally {
            gate.shutdownNow();
            analysis.shutdownNow();
        }
    }
}
