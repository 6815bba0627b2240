package dev.portcullis.rollback.cluster;

import static dev.portcullis.rollback.cluster.ClusterContract.ROLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates of kubeconfig files, in every form that tools write them. */
final class ClusterTlsIT {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;

    @BeforeAll
    static void sign() throws IOException {
        authority = new TestAuthority(folder.resolve("authority"))
                .sign("server")
                .sign("ec")
                .signRsa("rsa")
                .signForAnotherHost("elsewhere");
    }

    @ParameterizedTest(name = "{0} key, {1}")
    @CsvSource({"ec, PKCS8", "ec, SEC1", "rsa, PKCS8", "rsa, PKCS1"})
    void aClientCertificateIsShown(String name, String form) throws Exception {
        var key =
                switch (form) {
                    case "PKCS1" -> authority.bareKey(name, "RSA");
                    case "SEC1" -> withCurve(authority.key(name));
                    default -> authority.key(name);
                };
        var user = "client-certificate: " + authority.certificate(name) + ", client-key: " + key;
        try (var server = answering("server", true);
                var clusters = clusters(server, authority.certificate(), user)) {
            assertTrue(clusters.named("prod").get(ROLLOUT, "shop", "checkout").isPresent());
        }
    }

    @Test
    void aKeyOfAnotherKindThanItsCertificateIsTold() throws Exception {
        var user = "client-certificate: " + authority.certificate("ec") + ", client-key: " + authority.key("rsa");
        try (var server = answering("server", true);
                var clusters = clusters(server, authority.certificate(), user)) {
            var failure = assertThrows(ClusterException.class, () -> clusters.named("prod"));
            assertEquals(Fault.UNKNOWN_CLUSTER, failure.fault());
            assertEquals(
                    "cluster 'prod': its address and credentials cannot be used: certificate and key do not fit, "
                            + "or the proxy is not supported",
                    failure.getMessage());
        }
    }

    @Test
    void aServerThatShowsACertificateOfAnotherHostIsToldNothing() throws Exception {
        try (var server = answering("elsewhere", false);
                var clusters = clusters(server, authority.certificate(), "token: s3cret-token")) {
            assertNoSecureConnection(clusters);
            assertEquals(0, server.requests().size());
        }
    }

    @Test
    void aServerOfAnUnknownAuthorityIsToldNothing() throws Exception {
        var other = new TestAuthority(folder.resolve("other"));
        try (var server = answering("server", false);
                var clusters = clusters(server, other.certificate(), "token: s3cret-token")) {
            assertNoSecureConnection(clusters);
            assertEquals(0, server.requests().size());
        }
    }

    /** The key in the form of OpenSSL and k3s (RFC 5915): version, secret, curve. */
    private static Path withCurve(Path pkcs8) throws Exception {
        var base64 = Files.readString(pkcs8).replaceAll("-----[A-Z ]*-----|\\s", "");
        var whole = Base64.getDecoder().decode(base64);
        var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(whole));
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(key.getParams());
        var curve = der(0xa0, parameters.getEncoded());
        var secret = der(0x04, key.getS().toByteArray());
        var bare = der(0x30, joined(new byte[] {2, 1, 1}, secret, curve));
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bare);
        return Files.writeString(
                folder.resolve("sec1.key"),
                "-----BEGIN EC PRIVATE KEY-----\n" + text + "\n-----END EC PRIVATE KEY-----\n");
    }

    /** Short enough to need one byte for its length. */
    private static byte[] der(int tag, byte[] content) {
        assertTrue(content.length < 128);
        return joined(new byte[] {(byte) tag, (byte) content.length}, content);
    }

    private static byte[] joined(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static void assertNoSecureConnection(Clusters clusters) throws ClusterException {
        var cluster = clusters.named("prod");
        var failure = assertThrows(ClusterException.class, () -> cluster.get(ROLLOUT, "shop", "checkout"));
        assertEquals(Fault.CONNECT, failure.fault(), failure.getMessage());
        assertTrue(failure.getMessage().contains("no secure connection"), failure.getMessage());
    }

    private static StubHttpServer answering(String certificate, boolean asksForCertificate) {
        return new StubHttpServer(
                authority.server(certificate),
                asksForCertificate,
                request -> Response.json(200, "{\"metadata\": {\"name\": \"checkout\"}}"));
    }

    private static Clusters clusters(StubHttpServer server, Path trusted, String user) throws IOException {
        var kubeconfig = Files.writeString(
                Files.createTempFile(folder, "kubeconfig", ""),
                Kubeconfigs.of(server.address())
                        .replace("cluster: {server:", "cluster: {certificate-authority: " + trusted + ", server:")
                        .replace("token: s3cret-token", user));
        var access = new ClusterSettings.Access.Kubeconfig(kubeconfig, Optional.empty());
        var settings = new ClusterSettings("prod", access, Duration.ofSeconds(20));
        return new Clusters(
                () -> Map.of("prod", settings),
                Map.of(),
                OpenTelemetry.noop(),
                new Breakers(new SimpleMeterRegistry()),
                Clock.systemUTC());
    }
}
