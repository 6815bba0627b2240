package dev.portcullis.kit.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.kit.tls.TlsFiles;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed while a service runs. */
final class RotatedCertificatesIT {
    private static final int CLIENTS_OF_EACH_KIND = 25;
    private static final Duration PATIENT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static SSLContext trusting;
    private static ChannelCredentials credentials;

    /** As Kubernetes mounts a secret: tls.crt is a link into ..data, which is a link to the folder of the present content. */
    private final Path mount = folder.resolve("mount");

    @BeforeAll
    static void certificates() throws Exception {
        authority = new TestAuthority(folder.resolve("authority"))
                .sign("first")
                .sign("second")
                .signRsa("third");
        trusting = new TlsFiles(Optional.of(authority.certificate()), Optional.empty()).open();
        credentials = TlsChannelCredentials.newBuilder()
                .trustManager(authority.certificate().toFile())
                .build();
    }

    @Test
    void noneOf100ClientsFailsWhileFilesAreReplacedALinkIsTurnedAndAKeyIsKept() throws Exception {
        mount("first");
        try (var service = start();
                var clients = new Clients(service)) {
            awaitShown(service, authority.certificate("first"));
            clients.awaitSomeOfEach();
            // One after the other, as most tools write them: for a moment the pair does not belong together.
            replace("tls.crt", authority.certificate("second"));
            clients.awaitSomeOfEach();
            replace("tls.key", authority.key("second"));
            awaitShown(service, authority.certificate("second"));
            clients.awaitSomeOfEach();
            var renewed = authority.renewed("second", 60);
            replace("tls.crt", renewed);
            awaitShown(service, renewed);
            clients.awaitSomeOfEach();
            turnLink("third");
            awaitShown(service, authority.certificate("third"));
            clients.awaitSomeOfEach();
            assertEquals(List.of(), clients.faults());
            System.out.println("requests under rotation: " + clients.counts());
        }
    }

    @Test
    void aPairThatCannotBeUsedIsToldAndTheOldOneStays() throws Exception {
        mount("first");
        try (var service = start()) {
            var metric = "portcullis_tls_refused{file=\"" + crt() + "\"";
            assertTrue(page(service, "/prometheus").contains(metric + "} 0.0"), page(service, "/prometheus"));
            replace("tls.key", authority.key("third"));
            Await.until(
                    "the metric", PATIENT, () -> page(service, "/prometheus").contains(metric + "} 1.0"));
            var health = page(service, "/health");
            assertTrue(health.contains("\"status\":\"DEGRADED\""), health);
            assertTrue(health.contains("tls.key holds no EC key, unlike its certificate"), health);
            awaitShown(service, authority.certificate("first"));
            replace("tls.crt", Files.writeString(folder.resolve("cut.crt"), "-----BEGIN CERTIFICATE-----\n"));
            Await.until("the fault", PATIENT, () -> page(service, "/health").contains("tls.crt holds"));
            awaitShown(service, authority.certificate("first"));
            Files.delete(mount.resolve("..data/tls.crt"));
            Await.until("the fault", PATIENT, () -> page(service, "/health")
                    .contains("tls.crt cannot be read: there is no such file"));
            awaitShown(service, authority.certificate("first"));
            replace("tls.crt", authority.certificate("third"));
            awaitShown(service, authority.certificate("third"));
            Await.until(
                    "the metric", PATIENT, () -> page(service, "/prometheus").contains(metric + "} 0.0"));
        }
    }

    @Test
    void theMetricTellsWhenTheCertificateInUseEnds() throws Exception {
        mount("first");
        try (var service = start()) {
            assertEquals(end(authority.certificate("first")), told(service));
            var renewed = authority.renewed("first", 90);
            replace("tls.crt", renewed);
            Await.until("the new end", PATIENT, () -> told(service) == end(renewed));
        }
    }

    private double told(RunningService service) {
        var metric = Pattern.compile(
                        Pattern.quote("portcullis_tls_not_after_seconds{file=\"" + crt() + "\"}") + " (\\S+)")
                .matcher(page(service, "/prometheus"));
        assertTrue(metric.find());
        return Double.parseDouble(metric.group(1));
    }

    private static double end(Path certificate) throws Exception {
        return certificate(certificate).getNotAfter().toInstant().getEpochSecond();
    }

    private Path crt() {
        return mount.resolve("tls.crt");
    }

    private RunningService start() throws IOException {
        var database = TestDatabase.fresh();
        return ServiceLauncher.start(
                "probe",
                new HashMap<>(Map.of(
                        "portcullis.db.url", database.url(),
                        "portcullis.db.user", database.user(),
                        "portcullis.db.password", database.password(),
                        "portcullis.config",
                                Files.createDirectories(folder.resolve("config"))
                                        .toString(),
                        "portcullis.http.port", 0,
                        "portcullis.grpc.port", 0,
                        "portcullis.tls.certificate-file", crt().toString(),
                        "portcullis.tls.key-file", mount.resolve("tls.key").toString(),
                        "portcullis.tls.look-every", "50ms")));
    }

    private void mount(String name) throws IOException {
        Files.createDirectories(mount);
        turnLink(name);
        for (var file : List.of("tls.crt", "tls.key")) {
            Files.deleteIfExists(mount.resolve(file));
            Files.createSymbolicLink(mount.resolve(file), Path.of("..data", file));
        }
    }

    private void turnLink(String name) throws IOException {
        var content = Files.createTempDirectory(mount, "..");
        Files.copy(authority.certificate(name), content.resolve("tls.crt"));
        Files.copy(authority.key(name), content.resolve("tls.key"));
        var link = mount.resolve("..data_tmp");
        Files.createSymbolicLink(link, content.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void replace(String file, Path by) throws IOException {
        var beside = mount.resolve(file + ".new");
        Files.copy(by, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
                beside,
                mount.resolve("..data").resolve(file),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** That both ports show it to new connections. */
    private static void awaitShown(RunningService service, Path file) throws Exception {
        var expected = certificate(file);
        for (var port : List.of(service.httpPort(), service.grpcPort())) {
            Await.until("the certificate of " + file, PATIENT, () -> expected.equals(shown(port)));
        }
    }

    private static X509Certificate shown(int port) {
        try (var socket = connect(port)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLSocket connect(int port) throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String page(RunningService service, String path) {
        try (var client = HttpClient.newBuilder().sslContext(trusting).build()) {
            var request = HttpRequest.newBuilder(URI.create(service.httpAddress() + path))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Those that ask again and again: by HTTP and gRPC, over one connection and over a new one each time. */
    private static final class Clients implements AutoCloseable {
        private interface Question {
            void ask() throws Exception;
        }

        private final Semaphore turns = new Semaphore(10, true);
        private final AtomicBoolean ended = new AtomicBoolean();
        private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
        private final List<AtomicLong> answered = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private final List<ManagedChannel> channels = new ArrayList<>();

        Clients(RunningService service) throws IOException {
            for (var i = 0; i < CLIENTS_OF_EACH_KIND; i++) {
                begin(() -> askNewly(service.httpPort()));
                var kept = connect(service.httpPort());
                begin(() -> ask(kept, "keep-alive"));
                begin(() -> callNewly(service.grpcPort()));
                var channel = channel(service.grpcPort());
                channels.add(channel);
                begin(() -> call(channel));
            }
            assertEquals(100, threads.size());
        }

        private void begin(Question question) {
            var count = new AtomicLong();
            answered.add(count);
            threads.add(Thread.ofVirtual().start(() -> {
                while (!ended.get()) {
                    try {
                        // A machine of two processors makes so many connections in time.
                        turns.acquire();
                        try {
                            question.ask();
                        } finally {
                            turns.release();
                        }
                        count.incrementAndGet();
                    } catch (Exception e) {
                        faults.add(told(e));
                        return;
                    }
                }
            }));
        }

        private static String told(Exception e) {
            var text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }

        private static void askNewly(int port) throws IOException {
            try (var socket = connect(port)) {
                ask(socket, "close");
            }
        }

        private static void ask(SSLSocket socket, String connection) throws IOException {
            socket.getOutputStream()
                    .write(("GET /health/liveness HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: " + connection
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("the connection ended after '" + head + "'");
                }
                head.append((char) next);
            }
            var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
            if (!head.toString().startsWith("HTTP/1.1 200") || !length.find()) {
                throw new IOException("the answer is " + head);
            }
            socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        }

        private static ManagedChannel channel(int port) {
            return Grpc.newChannelBuilder("127.0.0.1:" + port, credentials).build();
        }

        private static void callNewly(int port) {
            var channel = channel(port);
            try {
                call(channel);
            } finally {
                channel.shutdownNow();
            }
        }

        private static void call(ManagedChannel channel) {
            HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        }

        void awaitSomeOfEach() {
            var before = answered.stream().map(AtomicLong::get).toList();
            Await.until(
                    "three answers for each client",
                    PATIENT,
                    () -> !faults.isEmpty()
                            || IntStream.range(0, answered.size())
                                    .allMatch(i -> answered.get(i).get() >= before.get(i) + 3));
            assertEquals(List.of(), faults());
        }

        List<String> faults() {
            return List.copyOf(faults);
        }

        String counts() {
            return answered.size() + " clients, "
                    + answered.stream().mapToLong(AtomicLong::get).sum() + " answers";
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            for (var thread : threads) {
                thread.join(Duration.ofSeconds(20));
            }
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }
}
