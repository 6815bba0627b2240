package dev.portcullis.kit.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.lifecycle.StartupException;
import dev.portcullis.kit.testing.TestDatabase;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceLauncherIT {
    @TempDir
    static Path configuration;

    @Test
    void aStartedServiceIsHealthyOverHttpAndGrpcAndShowsItsMetrics() throws Exception {
        try (var service = ServiceLauncher.start("probe", settings(Map.of()))) {
            assertEquals(200, get(service, "/health").statusCode());
            assertEquals(200, get(service, "/health/readiness").statusCode());
            assertEquals(200, get(service, "/health/liveness").statusCode());
            assertTrue(get(service, "/prometheus").body().contains("hikaricp_connections"));
            assertEquals(ServingStatus.SERVING, grpcHealth(service.grpcPort()));
        }
    }

    @Test
    void theFrontPageTellsWhatCanBeAsked() throws Exception {
        try (var service = ServiceLauncher.start("probe", settings(Map.of()))) {
            var page = get(service, "/");
            assertEquals(200, page.statusCode());
            assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/plain"), page::toString);
            assertTrue(page.body().startsWith("Portcullis, probe-service\n"), page.body());
            for (var path : List.of("/health", "/prometheus")) {
                assertTrue(page.body().contains("\n  " + path + "\n"), page.body());
                assertEquals(200, get(service, path).statusCode());
            }
            assertTrue(page.body().contains("127.0.0.1:" + service.grpcPort()), page.body());
        }
    }

    @Test
    void aGrpcPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = settings(Map.of("portcullis.grpc.port", taken.getLocalPort()));
            var e = assertThrows(StartupException.class, () -> ServiceLauncher.start("probe", settings));
            assertTrue(e.getMessage().contains(":" + taken.getLocalPort() + ": the port is in use"), e.getMessage());
        }
    }

    @Test
    void anHttpPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = settings(Map.of("portcullis.http.port", taken.getLocalPort()));
            var e = assertThrows(StartupException.class, () -> ServiceLauncher.start("probe", settings));
            assertTrue(e.getMessage().contains(":" + taken.getLocalPort() + ": the port is in use"), e.getMessage());
        }
    }

    @Test
    void anAddressReachableFromOutsideIsRefused() {
        var settings = settings(Map.of("portcullis.host", "0.0.0.0"));
        var e = assertThrows(StartupException.class, () -> ServiceLauncher.start("probe", settings));
        assertTrue(e.getMessage().contains("no document of kind Access says who may call"), e.getMessage());
    }

    @Test
    void noStreamsAtAllAreNoLegalSetting() {
        var settings = settings(Map.of("portcullis.grpc.max-streams", 0));
        var e = assertThrows(StartupException.class, () -> ServiceLauncher.start("probe", settings));
        assertEquals("PORTCULLIS_MAX_STREAMS: is 0; legal: 1 or more", e.getMessage());
    }

    @Test
    void aRetentionThatIsNoPeriodIsNamed() {
        var settings = settings(Map.of("portcullis.retention.records", "13 months"));
        var e = assertThrows(StartupException.class, () -> ServiceLauncher.start("probe", settings));
        assertTrue(e.getMessage().startsWith("PORTCULLIS_RETENTION: '13 months' is neither a period"), e.getMessage());
    }

    @Test
    void anUnreachableDatabaseIsNamedWithoutItsPassword() {
        var settings = settings(
                Map.of("portcullis.db.url", "jdbc:postgresql://127.0.0.1:1/none", "portcullis.db.password", "s3cret"));
        var e = assertThrows(StartupException.class, () -> ServiceLauncher.start("probe", settings));
        assertTrue(e.getMessage().contains("127.0.0.1:1"), e.getMessage());
        assertTrue(!e.getMessage().contains("s3cret"), e.getMessage());
    }

    @Test
    void aPasswordInTheAddressOfADatabaseIsNotTold() {
        for (var url : List.of(
                "jdbc:postgresql://someone:s3cret@127.0.0.1:1/none?sslpassword=s3cret",
                "jdbc:postgresql://127.0.0.1:1/none?user=someone&password=s3cret",
                "jdbc:postgresql://127.0.0.1:port/none?password=s3cret",
                "postgresql://someone:s3cret@127.0.0.1:1/none")) {
            var e = assertThrows(
                    StartupException.class,
                    () -> ServiceLauncher.start("probe", settings(Map.of("portcullis.db.url", url))));
            assertTrue(e.getMessage().contains("127.0.0.1"), e.getMessage());
            assertTrue(!e.getMessage().contains("s3cret"), e.getMessage());
        }
    }

    @Test
    void aServiceWithoutADatabaseOfItsOwnChoosingEmbedsOneInItsDataFolder(@TempDir Path folder) throws Exception {
        var settings = Map.<String, Object>of(
                "portcullis.config",
                configuration.toString(),
                "portcullis.data",
                folder.toString(),
                "portcullis.http.port",
                0,
                "portcullis.grpc.port",
                0);
        try (var service = ServiceLauncher.start("probe", settings)) {
            assertEquals(200, get(service, "/health/readiness").statusCode());
            assertTrue(Files.exists(folder.resolve("postgres/postmaster.pid")));
        }
        assertTrue(!Files.exists(folder.resolve("postgres/postmaster.pid")), "the server ends with the service");
    }

    private static Map<String, Object> settings(Map<String, Object> more) {
        var database = TestDatabase.fresh();
        var settings = new HashMap<String, Object>(Map.of(
                "portcullis.db.url", database.url(),
                "portcullis.db.user", database.user(),
                "portcullis.db.password", database.password(),
                "portcullis.config", configuration.toString(),
                "portcullis.http.port", 0,
                "portcullis.grpc.port", 0));
        settings.putAll(more);
        return settings;
    }

    private static HttpResponse<String> get(RunningService service, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static ServingStatus grpcHealth(int port) {
        var channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            return HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } finally {
            channel.shutdownNow();
        }
    }
}
