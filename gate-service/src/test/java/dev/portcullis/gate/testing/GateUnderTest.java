package dev.portcullis.gate.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.analysis.AnalysisReports;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.launch.ServiceLauncher;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubGrpcServer;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc.GateServiceBlockingStub;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A whole gate-service on free ports, between a fake analysis-service and a fake rollback-service, and its callers. */
public final class GateUnderTest implements AutoCloseable {
    /** Longest wait for something that happens within seconds on an idle machine. */
    public static final Duration LIMIT = Duration.ofSeconds(40);

    /**
     * What the gate waits for others is five times what it is in earnest, so that a slow machine changes no answer. A test of these times themselves gives others.
     */
    private static final Map<String, Object> PATIENT = Map.of(
            "portcullis.db.limit", "5s",
            "portcullis.gate.limit.answer", "9s",
            "portcullis.gate.limit.analysis", "5s",
            "portcullis.gate.limit.rollback-start", "2500ms",
            "portcullis.gate.limit.rollback-state", "1500ms");

    /** For a test whose database does not answer: what a statement has in earnest. */
    public static final Map<String, Object> SHORT_STATEMENTS = Map.of("portcullis.db.limit", "1s");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final FakeAnalysis analysis = new FakeAnalysis();
    public final StubGrpcServer analysisServer = new StubGrpcServer(analysis);
    public final FakeRollback rollback = new FakeRollback();
    public final StubGrpcServer rollbackServer = new StubGrpcServer(rollback);
    public final Path folder;
    private final DatabaseSettings database;
    private final Map<String, Object> given;
    private final Runnable afterwards;
    private final HttpClient http = HttpClient.newHttpClient();
    private RunningService service;
    private ManagedChannel channel;

    /** One that knows the service checkout alone, from a folder of its own that goes with it. */
    public static GateUnderTest ofCheckout() {
        return ofCheckout(Map.of());
    }

    /** The same with more settings. */
    public static GateUnderTest ofCheckout(Map<String, Object> settings) {
        try {
            var folder = Files.createTempDirectory("gate");
            policy(folder, "checkout", "");
            return new GateUnderTest(folder, TestDatabase.fresh(), settings, () -> remove(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GateUnderTest(Path folder) {
        this(folder, TestDatabase.fresh());
    }

    public GateUnderTest(Path folder, DatabaseSettings database) {
        this(folder, database, Map.of());
    }

    /** One with settings such as "portcullis.gate.limit.answer". */
    public GateUnderTest(Path folder, DatabaseSettings database, Map<String, Object> given) {
        this(folder, database, given, () -> {});
    }

    private GateUnderTest(Path folder, DatabaseSettings database, Map<String, Object> given, Runnable afterwards) {
        this.folder = folder;
        this.database = database;
        this.given = given;
        this.afterwards = afterwards;
        start();
    }

    private void start() {
        service = another();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), InsecureChannelCredentials.create())
                .build();
    }

    /** Starts one more gate on the same database, between the same fakes; the caller closes it. */
    public RunningService another() {
        return another(Map.of());
    }

    /** The same with more settings. */
    public RunningService another(Map<String, Object> more) {
        var settings = new HashMap<>(PATIENT);
        settings.putAll(given);
        settings.putAll(more);
        settings.put("portcullis.db.url", database.url());
        settings.put("portcullis.db.user", database.user());
        settings.put("portcullis.db.password", database.password());
        settings.put("portcullis.config", folder.toString());
        settings.put("portcullis.analysis.address", analysisServer.address());
        settings.put("portcullis.rollback.address", rollbackServer.address());
        settings.put("portcullis.peer.key", "a secret of tests");
        settings.put("portcullis.http.port", 0);
        settings.put("portcullis.grpc.port", 0);
        return ServiceLauncher.start("gate", settings);
    }

    /** Its channel, for other services than {@link #grpc()}. */
    public Channel channel() {
        return channel;
    }

    /** Puts the review of each release off for ever that is opened from now on, so that only a question or what is heard can bring a decision on it. */
    public void neverReview() {
        execute("""
                create or replace function gate.never_review() returns trigger language plpgsql as
                  $$ begin new.next_review := 'infinity'; return new; end $$;
                create or replace trigger never_review before insert or update on gate.releases
                  for each row execute function gate.never_review()""");
    }

    /** Has the requests of GitHub looked at now, and not when their next look would be due. */
    public void hurryProtectionRules() {
        execute("update gate.protection_rules set next_try = now() where state = 'OPEN'");
    }

    /** GitHub is asked for the webhooks that were lost without further delay. */
    public void hurryRedelivery() {
        execute(
                "update gate.scheduled_tasks set execution_time = now() where task_name = 'redeliver-webhooks' and not picked");
    }

    /** Has messages delivered and rollbacks looked at now, whatever they wait for. */
    public void hurryMessages() {
        execute("""
                update gate.messages set next_try = now() where state = 'WAITING';
                update gate.message_lanes set next_try = now();
                update gate.rollback_watches set next_look = now()""");
    }

    /** Executes statements on its database, past the gate. */
    public void execute(String sql) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of each row of a query on its database, past the gate. */
    public List<String> rows(String query) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a request of GitHub stands; empty when there is none of that delivery. */
    public String protectionRuleState(String delivery) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var query = connection.prepareStatement("select state from gate.protection_rules where delivery = ?")) {
            query.setString(1, delivery);
            var rows = query.executeQuery();
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        channel.shutdownNow();
        service.close();
    }

    /** Stops the gate and starts it again on the same database. */
    public void restart() {
        stop();
        start();
    }

    /** Puts a policy into the folder. */
    public static void policy(Path folder, String service, String gateSection) {
        var text = """
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: %1$s}
                spec:
                  service: %1$s
                  objectives: [{slo: %1$s-availability}]
                %2$s
                """.formatted(service, gateSection);
        try {
            Files.writeString(folder.resolve(service + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RunningService service() {
        return service;
    }

    public GateServiceBlockingStub grpc() {
        settle();
        return GateServiceGrpc.newBlockingStub(channel);
    }

    public Release release(String name) {
        return grpc().getRelease(GetReleaseRequest.newBuilder().setName(name).build());
    }

    public int decisionCount(String release) {
        return grpc().listDecisions(
                        ListDecisionsRequest.newBuilder().setParent(release).build())
                .getDecisionsCount();
    }

    /** Waits until something has become of a release's order, which whoever decides may not have waited for: a rollback, or why there is none yet. */
    public void awaitOrder(String name) {
        Await.until("what became of the order", LIMIT, () -> {
            var release = release(name);
            return !(release.getRollback() + release.getRollbackDetail()).isEmpty();
        });
    }

    /** Asks about checkout with a stable version, and answers the JSON of a 200. */
    public JsonNode poll(String canary) {
        return poll("checkout", canary, "stable1");
    }

    public JsonNode poll(String service, String canary, String stable) {
        var response = get("service=" + service + "&namespace=shop&rollout=" + service + "&canary=" + canary
                + "&stable=" + stable + "&revision=7&step=1");
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    /** Waits until the gate has been told what analysis-service says now, or is told nothing and no longer goes by what it was told before. */
    public void settle() {
        var reports = service.get(AnalysisReports.class);
        var said = Math.max(analysis.lastSaid(), analysisServer.silentSince());
        Await.until(
                "the news",
                LIMIT,
                () -> reports.hasLookedSince(said) || isPast(said, AnalysisReports.GOOD_FOR) && !reports.isCurrent());
    }

    /** Waits until the gate no longer answers from what it has read of the database up to now. */
    public void awaitStale() {
        var memory = service.get(ReleaseMemory.class);
        var now = System.nanoTime();
        Await.until("memory too old", LIMIT, () -> isPast(now, ReleaseMemory.GOOD_FOR) && !memory.isCurrent());
    }

    private static boolean isPast(long moment, Duration time) {
        return System.nanoTime() - moment > time.toNanos();
    }

    public HttpResponse<String> get(String query) {
        settle();
        return send(HttpRequest.newBuilder(uri("/v1/argo?" + query)).GET());
    }

    public HttpResponse<String> post(String contentType, String body) {
        settle();
        return send(HttpRequest.newBuilder(uri("/v1/argo"))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Asks {@code /v1/gate}. */
    public HttpResponse<String> ask(String body) {
        return send(question(body));
    }

    public HttpRequest.Builder question(String body) {
        settle();
        return HttpRequest.newBuilder(uri("/v1/gate"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** A call that is yet to be answered. */
    public CompletableFuture<HttpResponse<String>> sending(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    public String prometheus() {
        return send(HttpRequest.newBuilder(uri("/prometheus"))).body();
    }

    /** The value of a series as it is on the page, labels in alphabetical order; fails when it is not there. */
    public double metric(String series) {
        return prometheus()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series));
    }

    public JsonNode health() {
        return json(send(HttpRequest.newBuilder(uri("/health"))));
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        stop();
        analysisServer.close();
        rollbackServer.close();
        http.close();
        afterwards.run();
    }
}
