package dev.portcullis.launcher.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.http.GateHttpAccess;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.ChildJvm;
import dev.portcullis.launcher.Installation;
import dev.portcullis.launcher.Site;
import dev.portcullis.launcher.TestPortcullis;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests at random, most of them nearly right, over HTTP, gRPC and frames of HTTP/2 to the three services, which run as they do for users: nothing is answered as a
 * fault of theirs, nothing is left without an answer, and neither answers nor log tell a secret or a stack trace. Each finding is shown with its bytes.
 *
 * <p>A sample belongs to each build. Of the long run {@code -Dportcullis.fuzz.inputs=100000} sends fewer, {@code -Dportcullis.fuzz.seed=N} draws others; {@code
 * -Dportcullis.fuzz.limit=PT5S} is how long an answer may take, by default as long as a busy machine may need; the longest that was seen is told.
 */
final class FuzzIT {
    private static final long SAMPLE = 6_000;
    private static final long SAMPLE_SEED = 7;
    private static final long INPUTS = Long.getLong("portcullis.fuzz.inputs", 1_000_000);
    private static final long SEED = Long.getLong("portcullis.fuzz.seed", 7);
    private static final Duration LIMIT = Duration.parse(System.getProperty("portcullis.fuzz.limit", "PT1M"));
    private static final List<String> SERVICES = List.of("GATE", "GATE", "ANALYSIS", "ROLLBACK");
    private static final String OPERATOR = TokenText.random(new SecureRandom());
    private static final String VIEWER = TokenText.random(new SecureRandom());

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final Names names = new Names();
    private final Findings findings = new Findings(List.of(OPERATOR, VIEWER));

    @BeforeAll
    static void train(@TempDir Path empty) {
        TestPortcullis.train(empty);
    }

    @Test
    void aSampleIsAnswered() throws Exception {
        whateverIsSentIsAnswered(SAMPLE, SAMPLE_SEED);
    }

    @Test
    @Tag("extra")
    void whateverIsSentIsAnswered() throws Exception {
        whateverIsSentIsAnswered(INPUTS, SEED);
    }

    private void whateverIsSentIsAnswered(long number, long seed) throws Exception {
        var installation = new Installation(folder, Map.of("PORTCULLIS_CALL_RATE", "0"));
        try (var site = new Site()) {
            site.configure(installation.configuration());
            Files.writeString(installation.configuration().resolve("access.yaml"), access());
            try (var child = installation.up()) {
                var begin = System.nanoTime();
                send(installation, number, seed);
                var seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1e3;
                System.out.printf("seed %d: %d inputs in %.1f s%n%s%n", seed, findings.total(), seconds, findings);
                assertTrue(child.isAlive(), "the process has ended");
                end(child);
            }
        }
        LogCheck.check(installation.outputFile(), findings);
        assertEquals(List.of(), findings.all(), () -> "seed " + seed + "\n" + String.join("\n", findings.all()));
        assertTrue(findings.total() >= number, findings::toString);
    }

    private static void end(ChildJvm child) {
        child.terminate();
        child.waitFor(Duration.ofMinutes(1));
    }

    private static String access() {
        return """
            apiVersion: portcullis.dev/v1
            kind: Access
            metadata: {name: access}
            spec:
              tokens:
              - {name: ann, sha256: %s, roles: [admin, approver], services: ['*'], expires: 2099-12-31}
              - {name: vic, sha256: %s, roles: [viewer], services: [basket], expires: 2099-12-31}
            """.formatted(TokenText.sha256(OPERATOR), TokenText.sha256(VIEWER));
    }

    private void send(Installation installation, long number, long base) throws Exception {
        var channels = new ArrayList<ManagedChannel>();
        var workers = new ArrayList<Callable<Void>>();
        for (int i = 0; i < SERVICES.size(); i++) {
            var seed = base * 100 + i;
            var http = installation.port(SERVICES.get(i) + "_HTTP");
            var grpc = installation.port(SERVICES.get(i) + "_GRPC");
            var channel = Grpc.newChannelBuilder("127.0.0.1:" + grpc, InsecureChannelCredentials.create())
                    .build();
            channels.add(channel);
            var methods = methods(channel);
            workers.add(http(new Draw(seed), http, SERVICES.get(i), number / 3));
            workers.add(http(new Draw(seed + 30), http, SERVICES.get(i), number / 3));
            workers.add(rpcs(new Draw(seed + 10), channel, methods, number / 3));
            workers.add(frames(new Draw(seed + 20), grpc, methods, number / 3));
        }
        try (var threads = Executors.newFixedThreadPool(workers.size())) {
            for (Future<Void> worker : threads.invokeAll(workers)) {
                worker.get();
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private static List<MethodDescriptor> methods(ManagedChannel channel) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + OPERATOR);
        return ServedMethods.of(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    /** Good ones most of the time: others are refused before anything else is looked at. */
    private static List<String> credentials() {
        return List.of(
                "Bearer " + OPERATOR,
                "Bearer " + OPERATOR,
                "Bearer " + OPERATOR,
                "Bearer " + OPERATOR,
                "Bearer " + OPERATOR,
                "Bearer " + VIEWER,
                "Bearer pct_" + "0".repeat(72),
                "Basic OnBjdF8=",
                "Bearer a.b.c",
                "Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJwb3J0Y3VsbGlzIn0.",
                "Digest x",
                "Bearer");
    }

    private Callable<Void> http(Draw draw, int port, String service, long number) {
        var paths = new ArrayList<>(
                List.of("GET /", "GET /health/{selector}", "GET /health", "GET /prometheus", "POST /nowhere"));
        if (service.equals("GATE")) {
            var every = gatePaths();
            // The pages of all services are long and say always the same.
            for (int i = 0; i < 4; i++) {
                paths.addAll(every);
            }
        }
        var inputs = new HttpInputs(draw, names, paths, credentials());
        return repeated("HTTP", number, new HttpFuzz(port, inputs, draw, names, findings, LIMIT)::connect, () -> {});
    }

    private static Set<String> gatePaths() {
        return GateHttpAccess.of(new NoPolicies(), id -> Optional.empty(), id -> Optional.empty())
                .paths();
    }

    private Callable<Void> rpcs(Draw draw, ManagedChannel channel, List<MethodDescriptor> methods, long number) {
        var fuzz = new RpcFuzz(channel, methods, credentials(), draw, names, findings, LIMIT);
        return repeated("gRPC", number, fuzz::call, fuzz::await);
    }

    private Callable<Void> frames(Draw draw, int port, List<MethodDescriptor> methods, long number) {
        var inputs = new FrameInputs(draw, names, methods, credentials());
        return repeated("HTTP/2", number, new FrameFuzz(port, inputs, draw, findings, LIMIT)::connect, () -> {});
    }

    /** What a worker does again and again. */
    private interface Step {
        void take() throws IOException;
    }

    /** So many inputs of a kind, by all its workers together. */
    private Callable<Void> repeated(String kind, long number, Step step, Runnable end) {
        return () -> {
            while (findings.total(kind) <= number) {
                step.take();
            }
            end.run();
            return null;
        };
    }

    /** Only the names of the paths are wanted. */
    private record NoPolicies() implements Policies {
        @Override
        public Optional<GatePolicy> find(String service) {
            return Optional.empty();
        }

        @Override
        public Set<String> services() {
            return Set.of();
        }

        @Override
        public PromotionCalendar calendar() {
            return new PromotionCalendar(List.of());
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }
    }
}
