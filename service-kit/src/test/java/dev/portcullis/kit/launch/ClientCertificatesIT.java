package dev.portcullis.kit.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.ClientChannels;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.testing.TestPeers;
import dev.portcullis.kit.tls.ServiceTls;
import dev.portcullis.kit.tls.TlsFault;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.kit.tls.TlsSettings;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.ClientCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers with client certificates, and connections that come to nothing. */
final class ClientCertificatesIT {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final String TOKEN = TokenText.random(new SecureRandom());
    private static final String BY_URI = "  - {uri: 'spiffe://shop.example/*', roles: [viewer], services: ['*']}\n";
    private static final String NOT_NAMED =
            "the client certificate is of nobody that spec.certificates of an Access document names";

    /** Java's servers tell no more of the reason. */
    private static final String REFUSED = "the server refuses the client certificate: it has expired, is signed by no"
            + " authority that the server trusts, or cannot be used (alert certificate_unknown)";

    @TempDir
    private static Path folder;

    private static TestAuthority ours;
    private static TestAuthority another;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        ours = new TestAuthority(folder.resolve("ours"))
                .sign("server")
                .sign("ci")
                .sign("stranger")
                .signExpired("old")
                .signAs("ann", "uri:spiffe://shop.example/ann");
        another = new TestAuthority(folder.resolve("another")).sign("ci");
        writeAccess(BY_URI);
        var database = TestDatabase.fresh();
        var settings = new HashMap<String, Object>(Map.of(
                "portcullis.db.url", database.url(),
                "portcullis.db.user", database.user(),
                "portcullis.db.password", database.password(),
                "portcullis.config", folder.resolve("config").toString(),
                "portcullis.http.port", 0,
                "portcullis.grpc.port", 0,
                "portcullis.peer.key", "a secret of tests",
                "portcullis.tls.certificate-file", ours.certificate("server").toString(),
                "portcullis.tls.key-file", ours.key("server").toString(),
                "portcullis.tls.client-ca-file", ours.certificate().toString()));
        service = ServiceLauncher.start("probe", settings);
    }

    private static void writeAccess(String more) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("config")).resolve("access.yaml"),
                """
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  tokens:
                  - {name: bob, sha256: %s, roles: [viewer], services: ['*'], expires: 2099-12-31}
                  certificates:
                  - {subject: 'CN=ci', roles: [viewer], services: ['*']}
                """.formatted(TokenText.sha256(TOKEN)) + more);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static TlsFiles showing(TestAuthority authority, String name) {
        return new TlsFiles(
                Optional.of(ours.certificate()),
                Optional.of(new TlsFiles.Identity(authority.certificate(name), authority.key(name))));
    }

    private static final TlsFiles nothing() {
        return new TlsFiles(Optional.of(ours.certificate()), Optional.empty());
    }

    private static HttpResponse<String> get(TlsFiles files, String host, String... headers)
            throws IOException, InterruptedException, TlsFilesException {
        try (var client = HttpClient.newBuilder().sslContext(files.open()).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://" + host + ":" + service.httpPort() + "/health"));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String refusal(TlsFiles files, String... headers) throws Exception {
        var answer = get(files, "127.0.0.1", headers);
        assertEquals(401, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static String fault(TlsFiles files, String host) {
        return TlsFault.of(assertThrows(SSLException.class, () -> get(files, host)));
    }

    @Test
    void whoIsNamedByHisSubjectOrUriIsLetInOverHttp() throws Exception {
        for (var name : List.of("ci", "ann")) {
            assertEquals(200, get(showing(ours, name), "127.0.0.1").statusCode());
        }
    }

    @Test
    void whoIsNotNamedAndWhoShowsNothingAreRefusedOverHttp() throws Exception {
        assertTrue(refusal(showing(ours, "stranger")).contains(NOT_NAMED));
        assertTrue(refusal(nothing()).contains("this call needs credentials"));
    }

    @Test
    void aTokenBesideACertificateSaysWhoCalls() throws Exception {
        assertEquals(
                200,
                get(showing(ours, "stranger"), "127.0.0.1", "Authorization", "Bearer " + TOKEN)
                        .statusCode());
        assertTrue(refusal(showing(ours, "ci"), "Authorization", "Bearer " + TOKEN + "x")
                .contains("misspelt"));
    }

    @Test
    void certificatesThatAreNotGoodAreRefusedWhenTheConnectionIsMade() {
        assertEquals(REFUSED, fault(showing(ours, "old"), "127.0.0.1"));
        assertEquals(REFUSED, fault(showing(another, "ci"), "127.0.0.1"));
    }

    @Test
    void aServerOfAnotherNameOrAuthorityIsNotTalkedTo() {
        var name = fault(nothing(), "localhost");
        assertTrue(name.startsWith("the server's certificate is not for this host ("), name);
        assertEquals(
                "the server's certificate is signed by no authority that is trusted here",
                fault(new TlsFiles(Optional.of(another.certificate()), Optional.empty()), "127.0.0.1"));
    }

    @Test
    void theSameHoldsForGrpc() throws Exception {
        for (var name : List.of("ci", "ann")) {
            assertEquals(Status.Code.OK, reflect(showing(ours, name)).getCode());
        }
        var stranger = reflect(showing(ours, "stranger"));
        assertEquals(Status.Code.UNAUTHENTICATED, stranger.getCode());
        assertTrue(String.valueOf(stranger.getDescription()).contains(NOT_NAMED), stranger.toString());
        assertEquals(Status.Code.UNAUTHENTICATED, reflect(nothing()).getCode());
        for (var bad : List.of(showing(ours, "old"), showing(another, "ci"))) {
            assertEquals(Status.Code.UNAVAILABLE, reflect(bad).getCode());
        }
    }

    private static Status reflect(TlsFiles files) throws IOException {
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(files.ca().orElseThrow().toFile());
        if (files.identity().isPresent()) {
            var identity = files.identity().get();
            credentials.keyManager(
                    identity.certificate().toFile(), identity.key().toFile());
        }
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), credentials.build())
                .build();
        try {
            var call = ClientCalls.blockingBidiStreamingCall(
                    channel, ServerReflectionGrpc.getServerReflectionInfoMethod(), io.grpc.CallOptions.DEFAULT);
            call.write(ServerReflectionRequest.newBuilder().setListServices("").build());
            call.halfClose();
            call.read();
            return Status.OK;
        } catch (io.grpc.StatusException e) {
            return e.getStatus();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            channel.shutdownNow();
        }
    }

    /** What a service says of another that it cannot reach, and what the doctor and people see of it. */
    @Test
    void aChannelTellsWhyThereIsNoSecureConnection() {
        var here = Optional.of(ours.certificate());
        assertEquals("", call(settings(here, Optional.empty(), Optional.empty()), "127.0.0.1"));
        assertEquals(
                "the server's certificate is signed by no authority that is trusted here",
                call(settings(Optional.of(another.certificate()), Optional.empty(), Optional.empty()), "127.0.0.1"));
        var name = call(settings(here, Optional.empty(), Optional.of("gate.example")), "127.0.0.1");
        assertTrue(name.startsWith("the server's certificate is not for this host ("), name);
        var expired = new TlsFiles.Identity(ours.certificate("old"), ours.key("old"));
        assertEquals(REFUSED, call(settings(here, Optional.of(expired), Optional.empty()), "127.0.0.1"));
        var good = new TlsFiles.Identity(ours.certificate("ci"), ours.key("ci"));
        assertEquals("", call(settings(here, Optional.of(good), Optional.empty()), "127.0.0.1"));
    }

    private static TlsSettings settings(
            Optional<Path> authorities, Optional<TlsFiles.Identity> client, Optional<String> peerName) {
        return new TlsSettings(Optional.empty(), Optional.empty(), authorities, client, peerName);
    }

    private static String call(TlsSettings settings, String host) {
        try (var channels = new ClientChannels(
                OpenTelemetry.noop(),
                new Breakers(new SimpleMeterRegistry()),
                TestPeers.TOKENS,
                new ServiceTls(settings))) {
            var probe = new Downstream(
                    "probe", host + ":" + service.grpcPort(), PATIENT, HealthGrpc.SERVICE_NAME, Set.of());
            HealthGrpc.newBlockingStub(channels.open(probe)).check(HealthCheckRequest.getDefaultInstance());
            return "";
        } catch (StatusRuntimeException e) {
            return CallFaults.inOneLine(e);
        }
    }

    @Test
    void anEntryThatIsTakenOutEndsWhatAnOpenConnectionMay() throws Exception {
        var files = showing(ours, "ann");
        try (var client = HttpClient.newBuilder().sslContext(files.open()).build()) {
            var request = HttpRequest.newBuilder(URI.create(service.httpAddress() + "/health"))
                    .build();
            assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
            writeAccess("");
            Await.until(
                    "refused",
                    PATIENT,
                    () -> client.send(request, BodyHandlers.ofString()).statusCode() == 401);
            writeAccess(BY_URI);
            Await.until(
                    "let in again",
                    PATIENT,
                    () -> client.send(request, BodyHandlers.ofString()).statusCode() == 200);
        }
    }
}
