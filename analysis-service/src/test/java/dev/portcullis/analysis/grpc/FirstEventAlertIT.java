package dev.portcullis.analysis.grpc;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.PrometheusProcess;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An alert on the increase of a counter fires at the first event after a start, in a real Prometheus. */
@Tag("extra")
@Timeout(180)
final class FirstEventAlertIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FAILED = "portcullis_analysis_verdicts_total{verdict=\"FAIL\"}";

    @TempDir
    Path folder;

    @TempDir
    Path data;

    @Test
    void theFirstVerdictOfAProcessIsAnIncrease() throws Exception {
        var configuration = "scrape_configs: [{job_name: portcullis, metrics_path: /prometheus,"
                + " static_configs: [{targets: ['127.0.0.1:%d']}]}]";
        try (var fixture = new AnalysisFixture(folder);
                var prometheus = PrometheusProcess.start(data, configuration.formatted(fixture.service.httpPort()))) {
            prometheus.awaitReady();
            Await.until("two scrapes", SOON, () -> value(prometheus, "count_over_time(" + FAILED + "[1m])") >= 2);
            var name = fixture.start().getName();
            fixture.canaryFails(1_500);
            Await.until("FAIL", SOON, () -> fixture.get(name).getVerdict() == Verdict.FAIL);
            Await.until("an increase", SOON, () -> value(prometheus, "increase(" + FAILED + "[1m])") > 0);
        }
    }

    /** Of the first series; -1 when there is none. */
    private static double value(PrometheusProcess prometheus, String query) throws Exception {
        var uri = URI.create(
                prometheus.address() + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        try (var client = HttpClient.newHttpClient()) {
            var body = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            var first = JsonMapper.builder()
                    .build()
                    .readTree(body)
                    .path("data")
                    .path("result")
                    .path(0);
            return first.isMissingNode() ? -1 : first.path("value").path(1).asDouble();
        }
    }
}
