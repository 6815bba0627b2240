package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.grpc.AnalysisFixture;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import io.grpc.ManagedChannel;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** analysis-service as it runs, with counters that are sent in. */
final class OtlpServiceIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String POLICY = ShopDocuments.file(
            ShopDocuments.dataSource("pushed", "OTLP", "{}"),
            ShopDocuments.slo(
                    "checkout-availability",
                    "metricSourceRef: pushed",
                    "bad",
                    "http_requests_total{code=\"500\"}",
                    "http_requests_total"),
            ShopDocuments.policy(
                    "{slo: checkout-availability}",
                    "arms: {label: service_version}",
                    "analysis: {poll: 200ms, window: 200ms, deadline: 3m, bake: 1s}"));

    private final Instant begin = Instant.now();
    private String path = "/";
    private RunningService service;
    private ManagedChannel channel;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("checkout.yaml"), POLICY);
        service = AnalysisFixture.launch(folder, TestDatabase.fresh());
        channel = AnalysisFixture.channel(service);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        service.close();
    }

    @Test
    void whatIsSentToTheGrpcPortOfTheServiceIsCounted() {
        var stub = AnalysisServiceGrpc.newBlockingStub(channel);
        var began = stub.startAnalysis(StartAnalysisRequest.newBuilder()
                .setService("checkout")
                .setCanary("v2")
                .setBaseline("v1")
                .build());
        assertEquals(MeasuringState.UNREACHABLE, began.getMeasuring());
        assertTrue(began.getMeasuringDetail().contains("no counter has been received yet"), began::getMeasuringDetail);
        send(1, 1000, 10);
        Await.until("the starting point", SOON, () -> get(began).getMeasuring() == MeasuringState.NO_DATA);
        send(2, 1090, 20);
        Await.until("100 requests", SOON, () -> total(get(began)) == 100);
        var counts = get(began).getObjectives(0).getCounts();
        assertEquals(10, counts.getCanary().getBad());
        assertEquals(100, counts.getBaseline().getTotal());
    }

    @Test
    void aLabelThatTheDatabaseCannotHoldIsCountedAsWell() {
        var began = AnalysisServiceGrpc.newBlockingStub(channel)
                .startAnalysis(StartAnalysisRequest.newBuilder()
                        .setService("checkout")
                        .setCanary("v2")
                        .setBaseline("v1")
                        .build());
        path = "/a\0b";
        send(1, 1000, 10);
        Await.until("the starting point", SOON, () -> get(began).getMeasuring() == MeasuringState.NO_DATA);
        send(2, 1090, 20);
        Await.until("100 requests", SOON, () -> total(get(began)) == 100);
        assertEquals(10, get(began).getObjectives(0).getCounts().getCanary().getBad());
    }

    /** Both pods in one request, so that no reading comes between them. */
    private void send(int second, long good, long bad) {
        var time = begin.plusSeconds(second);
        var metric = Messages.counter(
                "http.requests",
                Messages.CUMULATIVE,
                List.of(
                        Messages.point(Map.of("code", "200", "path", path), begin, time, good),
                        Messages.point(Map.of("code", "500", "path", path), begin, time, bad)));
        var request = ExportMetricsServiceRequest.newBuilder();
        for (String version : List.of("v1", "v2")) {
            request.addResourceMetrics(Messages.resourceMetrics(
                    Map.of("k8s.pod.name", "pod-" + version, "service.version", version), List.of(metric)));
        }
        var answer = MetricsServiceGrpc.newBlockingStub(channel).export(request.build());
        assertEquals(0, answer.getPartialSuccess().getRejectedDataPoints());
    }

    private Analysis get(Analysis analysis) {
        return AnalysisServiceGrpc.newBlockingStub(channel)
                .getAnalysis(GetAnalysisRequest.newBuilder()
                        .setName(analysis.getName())
                        .build());
    }

    private static double total(Analysis analysis) {
        return analysis.getObjectivesCount() == 0
                ? 0
                : analysis.getObjectives(0).getCounts().getCanary().getTotal();
    }
}
