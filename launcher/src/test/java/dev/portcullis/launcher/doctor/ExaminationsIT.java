package dev.portcullis.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubGrpcServer;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.launcher.TestPortcullis;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services, rollback targets, telemetry and pushed counters, each fault in its exact words. */
final class ExaminationsIT {
    private static final String POLICY = ShopDocuments.file(
            ShopDocuments.dataSource("pushed", "OTLP", "{}"),
            ShopDocuments.slo("errors", "metricSourceRef: pushed", "bad", "errors_total", "requests_total"),
            ShopDocuments.policy("{slo: errors}"));

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Response UP = new Response(
            200,
            "application/json",
            "{\"name\":\"portcullis-analysis\",\"status\":\"UP\"}",
            Map.of("Server", "portcullis"));

    @TempDir
    Path folder;

    private Map<String, String> ports;

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        ports = TestPortcullis.freePorts();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("config").resolve("shop.yaml"), text);
    }

    private List<String> services() {
        return ExaminationResults.lines(new ServiceExamination(), folder, ports);
    }

    private int port(String name) {
        return Integer.parseInt(ports.getOrDefault("PORTCULLIS_" + name + "_PORT", ""));
    }

    @Test
    void aPortThatSomethingElseUsesIsNamedWithItsVariable() {
        var port = port("GATE_HTTP");
        try (var other = new StubHttpServer(port, request -> Response.text(200, "hello"))) {
            assertEquals(port, other.port());
            assertEquals(
                    List.of(
                            "FAIL gate          port " + port + " is used by something that is not gate-service",
                            "fix: stop it, or set PORTCULLIS_GATE_HTTP_PORT to a free port"),
                    services());
        }
    }

    @Test
    void aServiceThatIsMissingAmongOthersIsTold() throws IOException {
        var settings =
                ExaminationResults.settings(TestDatabase.fresh(), folder, port("ROLLBACK_HTTP"), port("ROLLBACK_GRPC"));
        try (var rollback = ServiceLauncher.start("rollback", settings)) {
            assertEquals(
                    List.of(
                            "ok   rollback      rollback-service is ready: http://127.0.0.1:" + rollback.httpPort()
                                    + ", gRPC 127.0.0.1:" + rollback.grpcPort(),
                            "FAIL analysis      analysis-service is not running, but others are",
                            "fix: start it, or all of them with ./portcullis up",
                            "FAIL gate          gate-service is not running, but others are",
                            "fix: start it, or all of them with ./portcullis up"),
                    services());
        }
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        ports.put("PORTCULLIS_GATE_HTTP_PORT", "http");
        assertEquals(
                List.of(
                        "FAIL gate          PORTCULLIS_GATE_HTTP_PORT is 'http' and PORTCULLIS_GATE_GRPC_PORT '"
                                + port("GATE_GRPC") + "'",
                        "fix: set both to ports from 1 to 65535"),
                services());
    }

    @Test
    void aServiceThatIsNotReadyIsToldWithItsPage() {
        var headers = Map.of("Server", "portcullis");
        var port = port("ANALYSIS_HTTP");
        var down = new Response(
                503, "application/json", "{\"name\":\"portcullis-analysis\",\"status\":\"DOWN\"}", headers);
        try (var analysis = new StubHttpServer(port, request -> down)) {
            assertEquals(port, analysis.port());
            assertEquals(
                    List.of(
                            "FAIL analysis      analysis-service runs and is not ready: status 503 of http://127.0.0.1:"
                                    + port + "/health/readiness",
                            "fix: look at that page and at the service's log; usually its database is away"),
                    services());
        }
    }

    @Test
    void aServiceThatDoesNotAnswerByGrpcIsTold() {
        var port = port("ANALYSIS_HTTP");
        try (var analysis = new StubHttpServer(port, request -> UP)) {
            assertEquals(port, analysis.port());
            var told = services();
            assertEquals(
                    "FAIL analysis      analysis-service is ready by HTTP, but gRPC at 127.0.0.1:"
                            + port("ANALYSIS_GRPC") + " is not: UNAVAILABLE io exception",
                    told.getFirst());
            assertEquals(
                    "fix: check that PORTCULLIS_ANALYSIS_GRPC_PORT has the same value here as for the service",
                    told.get(1));
        }
    }

    @Test
    void aServiceThatIsSlowByGrpcIsNoneAtAWrongPort() throws IOException {
        var port = port("ANALYSIS_HTTP");
        try (var analysis = new StubHttpServer(port, request -> UP);
                var grpc = new StubGrpcServer(new HealthStatusManager().getHealthService())) {
            assertEquals(port, analysis.port());
            ports.put("PORTCULLIS_ANALYSIS_GRPC_PORT", grpc.address().split(":")[1]);
            grpc.hang();
            assertEquals(
                    List.of(
                            "warn analysis      analysis-service is ready by HTTP, but gRPC at " + grpc.address()
                                    + " did not answer within 1 s",
                            "fix: if this machine is busy, run doctor again; if not, check that"
                                    + " PORTCULLIS_ANALYSIS_GRPC_PORT has the same value here as for the service"),
                    ExaminationResults.lines(new ServiceExamination(SHORT), folder, ports)
                            .subList(0, 2));
            grpc.release();
        }
    }

    @Test
    void whatDoesNotAnswerByHttpIsNotTakenForAnything() throws Exception {
        var port = port("ANALYSIS_HTTP");
        try (var silent = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            assertEquals(port, silent.getLocalPort());
            assertEquals(
                    "FAIL analysis      what listens at port " + port + " did not answer within 1 s",
                    ExaminationResults.lines(new ServiceExamination(SHORT), folder, ports)
                            .getFirst());
        }
    }

    @Test
    void aRollbackTargetThatIsDownAndATokenThatIsNotSetAreTold() throws IOException {
        write(POLICY
                + "  rollback: {target: webhook, url: 'http://127.0.0.1:1/back?key=secret', readBack: 'http://127.0.0.1:2/now',"
                + " tokenEnv: SHOP_TOKEN}\n");
        var until =
                "fix: start what serves it, or correct the address; until then an ABORT is not followed by a rollback";
        assertEquals(
                List.of(
                        "FAIL rollback      spec.rollback.readBack of checkout: http://127.0.0.1:2/now cannot be reached:"
                                + " Connection refused",
                        until,
                        "FAIL rollback      spec.rollback.tokenEnv of checkout names the variable SHOP_TOKEN, which is not set"
                                + " here",
                        "fix: set it where rollback-service is started",
                        "FAIL rollback      spec.rollback.url of checkout: http://127.0.0.1:1/back cannot be reached: Connection"
                                + " refused",
                        until),
                ExaminationResults.lines(new RollbackExamination(), folder, Map.of()));
    }

    @Test
    void eachStageOfAChainAndOfItsStagingIsLookedAt() throws IOException {
        try (var target = new StubHttpServer(request -> Response.text(200, ""))) {
            var up = "url: '" + target.address() + "/back', readBack: '" + target.address() + "/now'";
            var down = "url: 'http://127.0.0.1:1/back', readBack: '" + target.address() + "/now'";
            write(POLICY + "  rollback:\n    steps: [{target: webhook, " + up + "}, {target: webhook, " + down + "}]\n"
                    + "    staging: {target: webhook, " + up + "}\n");
            assertEquals(
                    List.of(
                            "ok   rollback      the webhook of checkout can be reached",
                            "FAIL rollback      spec.rollback.steps[1].url of checkout: http://127.0.0.1:1/back cannot be"
                                    + " reached: Connection refused",
                            "fix: start what serves it, or correct the address; until then an ABORT is not followed by a"
                                    + " rollback",
                            "ok   rollback      the staging webhook of checkout can be reached"),
                    ExaminationResults.lines(new RollbackExamination(), folder, Map.of()));
            assertEquals(List.of(), target.requests(), "nothing is sent");
        }
    }

    @Test
    void aTokenFileThatCannotBeReadIsTold() throws IOException {
        try (var target = new StubHttpServer(request -> Response.text(200, ""))) {
            var address = target.address();
            write(POLICY + "  rollback: {target: webhook, url: '" + address + "/back', readBack: '" + address
                    + "/now', tokenFile: /nowhere/token}\n");
            assertEquals(
                    List.of(
                            "FAIL rollback      spec.rollback.tokenFile of checkout names the file /nowhere/token, which cannot"
                                    + " be read here",
                            "fix: put the token there"),
                    ExaminationResults.lines(new RollbackExamination(), folder, Map.of()));
            assertEquals(List.of(), target.requests(), "nothing is sent");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Datadog | apiKeyEnv: UNSET_API_KEY, applicationKeyEnv: PATH | environment variable UNSET_API_KEY is not set",
                "Datadog | apiKeyEnv: HOME, applicationKeyFile: /nowhere/key | file /nowhere/key cannot be read: there is no such file or folder",
                "Prometheus | url: 'http://127.0.0.1:1', bearerTokenEnv: UNSET_TOKEN | environment variable UNSET_TOKEN is not set",
                "Prometheus | url: 'https://127.0.0.1:1', tls: {caFile: /nowhere/ca.crt} | file /nowhere/ca.crt cannot be read: there is no such file or folder",
                "Scrape | targets: ['http://127.0.0.1:1/metrics'], bearerTokenFile: /nowhere/token | file /nowhere/token cannot be read: there is no such file or folder",
                "Scrape | targets: ['http://127.0.0.1:1/metrics'], basicAuth: {username: me, passwordEnv: UNSET_PASSWORD} | environment variable UNSET_PASSWORD is not set"
            })
    void aSecretOfASourceThatIsMissingIsToldByItsName(String type, String details, String missing) throws IOException {
        var datadog = type.equals("Datadog");
        write(POLICY.replace("type: OTLP", "type: " + type)
                .replace("connectionDetails: {}", "connectionDetails: {" + details + "}")
                .replace("errors_total", datadog ? "requests.count{status:5*}" : "errors_total")
                .replace("requests_total", datadog ? "requests.count{*}" : "requests_total")
                .replace(
                        "  service: checkout\n  objectives",
                        "  service: checkout\n  arms: {label: version}\n  objectives"));
        var told = ExaminationResults.lines(new MetricsExamination(() -> {}), folder, Map.of());
        assertEquals(
                List.of(
                        "FAIL metrics       shop.yaml:1: source 'pushed' was not asked: " + missing,
                        "fix: provide it where this command and analysis-service are started, or correct what names it in"
                                + " connectionDetails of its DataSource"),
                told.subList(told.size() - 2, told.size()));
    }

    @Test
    void anAddressOfTelemetryThatIsNoneIsTold() {
        assertEquals(
                List.of(
                        "FAIL telemetry     the address for metrics is not an http address",
                        "fix: correct OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT"),
                ExaminationResults.lines(
                        new TelemetryExamination(),
                        folder,
                        Map.of("OTEL_METRICS_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "collector")));
    }

    @Test
    void countersThatAreSentInAreToldByTheServiceThatTakesThem() throws IOException {
        write(POLICY);
        assertEquals(
                List.of(
                        "warn otlp          cannot tell whether counters arrive: analysis-service, which receives them, is not running",
                        "fix: start it, and look again"),
                otlp());
        assertEquals(
                List.of(
                        "FAIL otlp          no counter has been sent to analysis-service yet",
                        "fix: point the Collector's otlp exporter at 127.0.0.1:" + port("ANALYSIS_GRPC")),
                otlpOf("other_total 3\n"));
        assertEquals(
                List.of("ok   otlp          12 points were accepted"),
                otlpOf(
                        "portcullis_otlp_points_total{outcome=\"taken\"} 12.0\nportcullis_otlp_points_total{outcome=\"gauge\"} 0.0\n"));
        assertEquals(
                List.of(
                        "warn otlp          of the points that came in, some were refused: {gauge=3.0}",
                        "fix: docs/sources/otlp.md says of each reason what to change in the Collector"),
                otlpOf("portcullis_otlp_points_total{outcome=\"gauge\"} 3.0\n"));
    }

    private List<String> otlpOf(String page) {
        try (var analysis = new StubHttpServer(port("ANALYSIS_HTTP"), request -> Response.text(200, page))) {
            assertEquals(port("ANALYSIS_HTTP"), analysis.port());
            return otlp();
        }
    }

    private List<String> otlp() {
        return ExaminationResults.lines(new OtlpExamination(), folder, ports);
    }

    @Test
    void sourcesThatAreNotLookedIntoAreSaidToBeSo() throws IOException {
        write(POLICY);
        assertEquals(
                List.of(
                        "ok   configuration " + folder.resolve("config") + ": 1 service to judge",
                        "ok   metrics       shop.yaml:1: source 'pushed' is of a kind that cannot be inspected from outside, so its queries are not checked"),
                ExaminationResults.lines(new MetricsExamination(() -> {}), folder, Map.of()));
    }

    @Test
    void aFaultyFolderIsToldByLine() throws IOException {
        write(POLICY.replace("type: OTLP", "type: OLTP"));
        var told = ExaminationResults.lines(new MetricsExamination(() -> {}), folder, Map.of());
        assertEquals(
                "FAIL configuration shop.yaml:5: spec.type is 'OLTP' (did you mean 'OTLP'?); legal: Prometheus, Scrape, OTLP,"
                        + " Datadog",
                told.getFirst());
    }

    @Test
    void aFolderThatIsMissingIsAWarning() {
        assertEquals(
                List.of(
                        "warn configuration there is no folder " + folder.resolve("none/config")
                                + ", so nothing is configured and every answer is HOLD",
                        "fix: start with ./portcullis init " + folder.resolve("none/config")
                                + ", or name another folder with --config or PORTCULLIS_CONFIG"),
                ExaminationResults.lines(new MetricsExamination(() -> {}), folder.resolve("none"), Map.of()));
    }

    @Test
    void allExaminationsSeeTheFolderAsItWasReadOnce() throws IOException {
        write(POLICY);
        var environment = Environment.read(ports, folder.resolve("config"), folder.resolve("data"));
        write(POLICY.replace("type: OTLP", "type: OLTP"));
        var metrics = ExaminationResults.lines(new MetricsExamination(() -> {}), environment);
        assertEquals("ok   configuration " + folder.resolve("config") + ": 1 service to judge", metrics.getFirst());
        var otlp = ExaminationResults.lines(new OtlpExamination(), environment);
        assertTrue(otlp.getFirst().startsWith("warn otlp"), otlp::toString);
    }

    @Test
    void aSmallHeapIsAWarning() {
        assertEquals(
                List.of(
                        "warn java          25, heap up to 64 MiB",
                        "                   fix: set PORTCULLIS_MAX_HEAP to 512m or more for all services in one process"),
                JavaExamination.result("25", 64L << 20).lines(UnaryOperator.identity()));
    }
}
