package dev.portcullis.launcher.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.demo.Demo;
import dev.portcullis.demo.DemoOptions;
import dev.portcullis.demo.DemoShop;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.FreePorts;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.launcher.TestPortcullis;
import dev.portcullis.launcher.command.RootCommand;
import dev.portcullis.launcher.monitoring.MonitoringFiles.PanelQuery;
import dev.portcullis.launcher.services.AllServices;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every dashboard, asked of a real Prometheus that has watched the demo: a release promoted, another aborted and rolled back. */
@Tag("extra")
@Timeout(900)
final class DashboardsIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration DEMO = Duration.ofMinutes(8);
    private static final Pattern DISCOVERY = Pattern.compile("httpServiceDiscovery: '([^']*)'");

    /** Panels that the demo gives nothing to, each for a reason. */
    private static final Map<String, String> WITHOUT_DATA = Map.of(
            "Portcullis: golden signals of a service: Processors in use, of the limit",
            "the demo's pods are no containers: no kubelet counts for them",
            "Portcullis: golden signals of a service: Memory in use, of the limit",
            "likewise",
            "Portcullis: the services themselves: Time until a certificate ends",
            "the demo speaks no TLS",
            "Portcullis: the services themselves: Time until a token ends",
            "the demo asks nobody who he is");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyQueryGivesDataAndNoAlertFires() throws Exception {
        var options = new DemoOptions(true, DEMO, 2000, 7);
        var analysisPort = FreePorts.next();
        try (var shop = DemoShop.open(options)) {
            shop.writeConfiguration(folder.resolve("config"));
            try (var services = TestPortcullis.startEmpty(folder, Map.of("analysis.http.port", analysisPort));
                    var prometheus = PrometheusProcess.start(
                            Files.createDirectories(folder.resolve("prometheus")),
                            configuration(services, analysisPort))) {
                prometheus.awaitReady();
                var told = new PrintStream(System.out, true, StandardCharsets.UTF_8);
                var result = Demo.run(
                        options, services.gate().httpPort(), services.rollback().grpcPort(), shop, told);
                assertTrue(result.ok(), () -> result.missing().toString());
                assertEveryQueryGivesData(prometheus);
                assertEquals(Set.of("PortcullisWatched"), firing(prometheus));
            }
        }
    }

    private String configuration(AllServices services, int analysisPort) throws IOException {
        var discovery = DISCOVERY.matcher(Files.readString(folder.resolve("config/source.yaml")));
        assertTrue(discovery.find());
        return """
                rule_files: ['%s', '%s']
                scrape_configs:
                - job_name: portcullis
                  metrics_path: /prometheus
                  static_configs:
                  - {targets: ['127.0.0.1:%d'], labels: {component: gate}}
                  - {targets: ['127.0.0.1:%d'], labels: {component: analysis}}
                  - {targets: ['127.0.0.1:%d'], labels: {component: rollback}}
                - job_name: shop
                  http_sd_configs: [{url: '%s', refresh_interval: 1s}]
                """.formatted(
                        MonitoringFiles.RULES,
                        rulesOfTheShop(),
                        services.gate().httpPort(),
                        analysisPort,
                        services.rollback().httpPort(),
                        discovery.group(1));
    }

    /** The rules of the demo's SLOs; those of a period, which are evaluated every two minutes, as often as the others. */
    private Path rulesOfTheShop() throws IOException {
        var out = new StringWriter();
        var status = RootCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("rules", folder.resolve("config").toString());
        assertEquals(0, status);
        return Files.writeString(folder.resolve("slos.yml"), out.toString().replace("interval: 2m", "interval: 2s"));
    }

    private void assertEveryQueryGivesData(PrometheusProcess prometheus) {
        var dashboards = MonitoringFiles.dashboards();
        assertEquals(5, dashboards.size());
        var without = new TreeSet<String>();
        Map<String, String> expected = new TreeMap<>();
        for (var dashboard : dashboards) {
            for (var query : dashboard.queries()) {
                var filled = filled(query, dashboard.variables());
                if (WITHOUT_DATA.containsKey(query.at())) {
                    assertEquals(
                            "success", ask(prometheus, filled).path("status").asText(), query.at());
                    without.add(query.at());
                } else {
                    expected.put(filled, query.at());
                }
            }
        }
        assertEquals(WITHOUT_DATA.keySet(), without);
        try {
            Await.until("data for every query", SOON, () -> {
                expected.keySet().removeIf(query -> hasData(prometheus, query));
                return expected.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError("no data for " + expected, e);
        }
    }

    private static String filled(PanelQuery query, Map<String, String> variables) {
        var expression = query.expression().replace("$__rate_interval", "5m").replace("$__range", "15m");
        for (var variable : variables.entrySet()) {
            expression = expression.replace("$" + variable.getKey(), variable.getValue());
        }
        return expression;
    }

    private boolean hasData(PrometheusProcess prometheus, String query) {
        var answer = ask(prometheus, query);
        assertEquals("success", answer.path("status").asText(), () -> query + ": " + answer);
        for (var series : answer.at("/data/result")) {
            if (!series.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private Set<String> firing(PrometheusProcess prometheus) {
        var names = new TreeSet<String>();
        for (var alert : ask(prometheus, "ALERTS{alertstate=\"firing\",alertname=~\"Portcullis.*\"}")
                .at("/data/result")) {
            names.add(alert.at("/metric/alertname").asText());
        }
        return names;
    }

    private JsonNode ask(PrometheusProcess prometheus, String query) {
        var uri = URI.create(
                prometheus.address() + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
