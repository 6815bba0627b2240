package dev.portcullis.analysis.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.tool.ConfigurationCheck;
import dev.portcullis.analysis.tool.Places;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with a Prometheus as a whole, in exact words. */
class PrometheusInspectionIT {
    private static final String YAML = ShopDocuments.file(
            ShopDocuments.slo("errors", "type: Prometheus", "bad", "errors_total", "requests_total"),
            ShopDocuments.policy("{slo: errors}"));
    private static final String VALUE =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[%d.5,\"%s\"]}]}}";

    private final StubHttpServer server = new StubHttpServer(request -> Response.text(500, ""));

    @AfterEach
    void close() {
        server.close();
    }

    private List<String> told() {
        var faults = new Faults();
        var documents = ConfigurationDocument.ofText("shop.yaml", YAML, faults);
        var configuration = ConfigurationCheck.read(documents, faults, server.address() + "/prom");
        assertEquals(List.of(), faults.list());
        var places = new Places(documents);
        return ConfigurationCheck.diagnose(configuration, () -> {}).stream()
                .map(finding ->
                        finding.kind() + " " + places.at(finding).toString().replace(server.address(), "PROM"))
                .toList();
    }

    private List<String> told(int status, String body) {
        server.answer(request -> Response.json(status, body));
        return told();
    }

    @Test
    void credentialsThatAreRefusedAreToldSo() {
        assertEquals(
                List.of("SOURCE_ACCESS_REFUSED PORTCULLIS_PROMETHEUS_URL: source 'default-prometheus' refuses access:"
                        + " PROM/prom: status 403 for /api/v1/query; give it credentials that may read, in"
                        + " PORTCULLIS_PROMETHEUS_URL"),
                told(403, "no"));
    }

    @Test
    void aPathThatIsWrongIsToldSo() {
        var fix = "; correct the path of its address in PORTCULLIS_PROMETHEUS_URL";
        var what =
                "SOURCE_WRONG_PATH PORTCULLIS_PROMETHEUS_URL: source 'default-prometheus' does not answer at its address:"
                        + " PROM/prom: ";
        assertEquals(List.of(what + "status 404 for /api/v1/query" + fix), told(404, "no"));
        assertEquals(
                List.of(what + "what answers /api/v1/query is not a Prometheus query API" + fix),
                told(200, "<html>hello"));
    }

    @Test
    void aRedirectToElsewhereIsToldWithWhereItLeads() {
        server.answer(request ->
                new Response(301, "text/html", "<html>", java.util.Map.of("Location", "https://prom.example/prom/")));
        assertEquals(
                List.of(
                        "SOURCE_WRONG_PATH PORTCULLIS_PROMETHEUS_URL: source 'default-prometheus' does not answer at its"
                                + " address: PROM/prom: status 301, a redirect to https://prom.example/prom/, which is not followed to"
                                + " another host, port or scheme; if it is right, name that address in connectionDetails; correct the"
                                + " path of its address in PORTCULLIS_PROMETHEUS_URL"),
                told());
    }

    @Test
    void anErrorOfTheServerIsToldSo() {
        assertEquals(
                List.of(
                        "SOURCE_FAILS PORTCULLIS_PROMETHEUS_URL: source 'default-prometheus' answers with an error: PROM/prom:"
                                + " status 503 for /api/v1/query; look at its own log, and at PORTCULLIS_PROMETHEUS_URL"),
                told(503, "no"));
    }

    @Test
    void aServerThatIsDownIsToldSo() {
        server.close();
        assertEquals(
                List.of("SOURCE_UNREACHABLE PORTCULLIS_PROMETHEUS_URL: source 'default-prometheus' cannot be reached:"
                        + " PROM/prom/api/v1/query: connection refused or not answered; start it, or correct its address in"
                        + " PORTCULLIS_PROMETHEUS_URL"),
                told());
    }

    @Test
    void aClockThatIsFarOffIsAWarning() {
        var theirs =
                Instant.now().plus(Duration.ofDays(2)).plus(Duration.ofHours(3)).plusSeconds(1200);
        assertEquals(
                "CLOCK_SKEW PORTCULLIS_PROMETHEUS_URL: warning: the clock of source 'default-prometheus' is 2 d 3 h ahead of the"
                        + " clock here; synchronise both, for example with NTP: readings ask for the present moment",
                told(200, VALUE.formatted(theirs.getEpochSecond(), "1")).getFirst());
    }

    @Test
    void aQueryThatSelectsNearlyTooManySeriesIsAWarningAndOneThatSelectsMoreAFault() {
        server.answer(request -> counting(request, 45_000));
        assertEquals(
                "TOO_MANY_SERIES shop.yaml:10: warning: errors, bad: errors_total selects 45,000 series, but source 'default-prometheus' may return 50,000; add conditions to the query, or raise maxSeries in"
                        + " connectionDetails",
                told().getFirst());
        server.answer(request -> counting(request, 60_000));
        assertEquals(
                "TOO_MANY_SERIES shop.yaml:10: errors, bad: errors_total selects 60,000 series, but source 'default-prometheus' may return 50,000; add conditions to the query, or raise maxSeries in"
                        + " connectionDetails",
                told().getFirst());
    }

    private static Response counting(Request request, long series) {
        var number = request.body().contains("query=count") ? series : 1;
        return Response.json(200, VALUE.formatted(Instant.now().getEpochSecond(), number));
    }
}
