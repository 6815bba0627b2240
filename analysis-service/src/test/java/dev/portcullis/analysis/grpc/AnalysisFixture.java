package dev.portcullis.analysis.grpc;

import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.analysis.v1.StartAnalysisRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** analysis-service as it runs: gRPC, PostgreSQL, a configuration folder, and a shop whose /metrics it scrapes. */
public final class AnalysisFixture implements AutoCloseable {
    static final String POLICY = ShopDocuments.file(
            ShopDocuments.dataSource("shop", "Scrape", "{targets: ['%s/metrics']}"),
            ShopDocuments.slo(
                    "checkout-availability",
                    "metricSourceRef: shop, type: Scrape",
                    "bad",
                    "http_requests_total{code=\"500\"}",
                    "http_requests_total"),
            ShopDocuments.policy(
                    "{slo: checkout-availability, severity: critical}",
                    "arms: {label: hash}",
                    "analysis: {poll: 200ms, window: 200ms, deadline: 3m, bake: 1s}"));
    /** The same with a latency: of the shop's requests 2.2 % are slower than 250 ms, and the boundary next above 200 ms is that. */
    static final String LATENCY_POLICY = POLICY.replace(
                    "objectives: [{slo: checkout-availability, severity: critical}]",
                    "objectives: [{slo: checkout-availability, severity: critical}, {slo: checkout-latency}]")
            + """
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: checkout-latency}
            spec:
              service: checkout
              indicator:
                spec:
                  thresholdMetric:
                    metricSource: {metricSourceRef: shop, spec: {query: http_request_duration_seconds_bucket}}
              budgetingMethod: Occurrences
              objectives: [{op: lte, value: 0.2, target: 0.95}]
            """;
    /** The same, judged by a score at 2 s and 15 s. */
    static final String SCORED_POLICY = POLICY.replace(
            "deadline: 3m, bake: 1s}",
            "deadline: 15s, judge: mann-whitney, mannWhitney: {minWindows: 5, looks: [2s]}}");

    final StubHttpServer shop = new StubHttpServer(request -> Response.text(200, page()));
    final RunningService service;
    final AnalysisServiceBlockingStub stub;
    private final ManagedChannel channel;
    private double canaryGood = 1_000;
    private double canaryBad = 1;
    private double stableGood = 9_000;
    private final LatencyCounters canaryLatency = new LatencyCounters("new");
    private final LatencyCounters stableLatency = new LatencyCounters("old");
    private double canaryBadPerScrape;
    private double stableBad = 3;
    private double stableBadPerScrape;

    AnalysisFixture(Path folder) {
        this(folder, TestDatabase.fresh());
    }

    AnalysisFixture(Path folder, DatabaseSettings database) {
        this(folder, database, POLICY);
    }

    /** @param policy what its configuration folder holds; "%s" stands for the shop's address */
    public AnalysisFixture(Path folder, DatabaseSettings database, String policy) {
        write(folder.resolve("checkout.yaml"), policy.formatted(shop.address()));
        service = launch(folder, database);
        channel = channel(service);
        stub = AnalysisServiceGrpc.newBlockingStub(channel);
    }

    /** Starts the service with any free ports. */
    public static RunningService launch(Path folder, DatabaseSettings database) {
        return ServiceLauncher.start(
                "analysis",
                Map.of(
                        "portcullis.config", folder.toString(),
                        "portcullis.db.url", database.url(),
                        "portcullis.db.user", database.user(),
                        "portcullis.db.password", database.password(),
                        "portcullis.http.port", 0,
                        "portcullis.grpc.port", 0));
    }

    /** A channel to the service. */
    public static ManagedChannel channel(RunningService service) {
        return NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort())
                .usePlaintext()
                .build();
    }

    /** Calls the service. */
    public AnalysisServiceBlockingStub stub() {
        return stub;
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, this many of the 3,000 requests the canary serves between two scrapes are bad. */
    synchronized void canaryFails(double ofThreeThousand) {
        canaryBadPerScrape = ofThreeThousand;
    }

    /** From now on, this many of the 27,000 requests the stable version serves between two scrapes are bad. */
    synchronized void stableFails(double ofTwentySevenThousand) {
        stableBadPerScrape = ofTwentySevenThousand;
    }

    /** From now on, the requests of both versions take twice as long. */
    synchronized void bothAreSlow() {
        canaryLatency.becomeSlow();
        stableLatency.becomeSlow();
    }

    /** From now on, the canary's requests take twice as long. */
    synchronized void canaryIsSlow() {
        canaryLatency.becomeSlow();
    }

    synchronized String page() {
        canaryLatency.serve(3_000);
        stableLatency.serve(27_000);
        canaryBad += canaryBadPerScrape;
        canaryGood += 3_000 - canaryBadPerScrape;
        stableBad += stableBadPerScrape;
        stableGood += 27_000 - stableBadPerScrape;
        return """
               # TYPE http_requests_total counter
               http_requests_total{hash="new",code="200"} %f
               http_requests_total{hash="new",code="500"} %f
               http_requests_total{hash="old",code="200"} %f
               http_requests_total{hash="old",code="500"} %f
               # TYPE http_request_duration_seconds histogram
               %s%s""".formatted(
                        canaryGood, canaryBad, stableGood, stableBad, canaryLatency.lines(), stableLatency.lines());
    }

    Analysis start() {
        return stub.startAnalysis(request().build());
    }

    static StartAnalysisRequest.Builder request() {
        return StartAnalysisRequest.newBuilder()
                .setService("checkout")
                .setCanary("new")
                .setBaseline("old");
    }

    Analysis get(String name) {
        return stub.getAnalysis(GetAnalysisRequest.newBuilder()
                .setName(name)
                .setIncludeWindows(true)
                .build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        service.close();
        shop.close();
    }
}
