package dev.portcullis.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsClientIT {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static TestAuthority ours;
    private static TestAuthority another;

    private final TracedHttpClient plain =
            new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));

    @BeforeAll
    static void certificates() throws IOException {
        ours = new TestAuthority(folder.resolve("ours"))
                .sign("server")
                .sign("client")
                .signRsa("rsa")
                .signExpired("old")
                .signForAnotherHost("elsewhere");
        another = new TestAuthority(folder.resolve("another")).sign("server").sign("client");
    }

    @Test
    void aServerOfATrustedAuthorityIsAnswered() throws Exception {
        assertEquals("ok", answer(trusting(ours.certificate()), "server", false));
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() {
        String why = "the server's certificate is signed by no authority that is trusted here";
        assertEquals(why, fault(trusting(another.certificate()), "server"));
        assertEquals(why, fault(new TlsFiles(Optional.empty(), Optional.empty()), "server"));
    }

    @Test
    void anExpiredCertificateIsToldWithItsDate() {
        String fault = fault(trusting(ours.certificate()), "old");
        assertTrue(fault.startsWith("the server's certificate has expired (NotAfter: "), fault);
    }

    @Test
    void aCertificateOfAnotherHostIsTold() {
        String fault = fault(trusting(ours.certificate()), "elsewhere");
        assertTrue(fault.startsWith("the server's certificate is not for this host ("), fault);
        assertTrue(fault.contains("127.0.0.1"), fault);
    }

    @Test
    void aServerWithoutTlsIsTold() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerPlainly(server));
            var e = assertThrows(
                    HttpCallException.class,
                    () -> get(trusting(ours.certificate()), "https://127.0.0.1:" + server.getLocalPort()));
            assertEquals(HttpCallException.Kind.TLS, e.kind());
            assertTrue(e.getMessage().contains("no secure connection ("), e.getMessage());
        }
    }

    private static void answerPlainly(ServerSocket server) {
        try (var connection = server.accept()) {
            connection.getInputStream().read();
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoHasToShowACertificateShowsIt() throws Exception {
        var identity = new TlsFiles.Identity(ours.certificate("client"), ours.key("client"));
        assertEquals(
                "ok", answer(new TlsFiles(Optional.of(ours.certificate()), Optional.of(identity)), "server", true));
    }

    @Test
    void keysInTheFormsOfCertificateManagersAreRead() throws Exception {
        var ec = new TlsFiles.Identity(ours.certificate("client"), ours.bareKey("client", "EC"));
        assertEquals("ok", answer(new TlsFiles(Optional.of(ours.certificate()), Optional.of(ec)), "server", true));
        var rsa = new TlsFiles.Identity(ours.certificate("rsa"), ours.bareKey("rsa", "RSA"));
        assertEquals("ok", answer(new TlsFiles(Optional.of(ours.certificate()), Optional.of(rsa)), "server", true));
    }

    @Test
    void withoutACertificateThatTheServerAcceptsThereIsNoAnswer() {
        var strange = new TlsFiles.Identity(another.certificate("client"), another.key("client"));
        for (var identity : List.of(Optional.<TlsFiles.Identity>empty(), Optional.of(strange))) {
            var files = new TlsFiles(Optional.of(ours.certificate()), identity);
            var e = assertThrows(HttpCallException.class, () -> answer(files, "server", true));
            assertEquals(1, e.getMessage().lines().count());
        }
    }

    @Test
    void aRenewedFileIsReadAgainAndAnUnchangedOneIsNot() throws Exception {
        Path ca = folder.resolve("renewed.crt");
        Files.copy(another.certificate(), ca, StandardCopyOption.REPLACE_EXISTING);
        var client = new TlsClient(plain, trusting(ca));
        assertSame(client.current(), client.current());
        try (var server = new StubHttpServer(ours.server("server"), false, request -> Response.text(200, "ok"))) {
            assertThrows(HttpCallException.class, () -> get(client, server.address()));
            Files.copy(ours.certificate(), ca, StandardCopyOption.REPLACE_EXISTING);
            assertEquals("ok", get(client, server.address()));
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamedAndNotShown() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.pem"), "s3cret");
        Path broken = Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN EC PRIVATE KEY-----\ns3cret\n-----END EC PRIVATE KEY-----\n");
        Path encrypted = Files.writeString(
                folder.resolve("encrypted.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\ns3cret\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertUnusable(
                trusting(folder.resolve("absent.crt")), "absent.crt cannot be read: there is no such file or folder");
        assertUnusable(trusting(odd), "odd.pem holds something else than certificates in PEM");
        assertUnusable(identified(odd), "odd.pem holds no private key in PEM that is not encrypted");
        assertUnusable(identified(encrypted), "encrypted.key holds no private key in PEM that is not encrypted");
        assertUnusable(identified(broken), "broken.key holds no EC key, unlike its certificate");
        assertUnusable(identified(ours.key("rsa")), "rsa.key holds no EC key, unlike its certificate");
    }

    private static void assertUnusable(TlsFiles files, String fault) {
        var e = assertThrows(TlsFilesException.class, files::open);
        assertTrue(e.getMessage().contains(fault), e.getMessage());
        assertTrue(!e.toString().contains("s3cret"), e.toString());
    }

    private static TlsFiles identified(Path key) {
        return new TlsFiles(Optional.empty(), Optional.of(new TlsFiles.Identity(ours.certificate("client"), key)));
    }

    private static TlsFiles trusting(Path ca) {
        return new TlsFiles(Optional.of(ca), Optional.empty());
    }

    private String fault(TlsFiles files, String certificate) {
        var e = assertThrows(HttpCallException.class, () -> answer(files, certificate, false));
        assertEquals(HttpCallException.Kind.TLS, e.kind());
        return e.getMessage().substring(e.getMessage().indexOf(": ") + 2);
    }

    private String answer(TlsFiles files, String certificate, boolean asksForCertificate) throws Exception {
        try (var server =
                new StubHttpServer(ours.server(certificate), asksForCertificate, request -> Response.text(200, "ok"))) {
            return get(files, server.address());
        }
    }

    private String get(TlsFiles files, String address) throws Exception {
        return get(new TlsClient(plain, files), address);
    }

    private static String get(TlsClient client, String address) throws Exception {
        return client.current()
                .send("probe", HttpRequest.newBuilder(URI.create(address)), PATIENT)
                .body();
    }
}
