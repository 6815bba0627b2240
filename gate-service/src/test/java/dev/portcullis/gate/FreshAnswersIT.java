package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static dev.portcullis.gate.testing.GateUnderTest.SHORT_STATEMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.DatabaseProxy;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers from memory are never older than is said, whatever becomes of the feeds, and another replica's decision reaches whoever waits here. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FreshAnswersIT {
    /** No answer is from before the question by more than this; what the documentation says. */
    private static final long OLDEST = TimeUnit.MILLISECONDS.toNanos(250);

    private static final Set<String> COULD_NOT_ASK =
            Set.of("ANALYSIS_UNAVAILABLE", "STORE_UNAVAILABLE", "ANSWER_TIMEOUT");
    private static final int QUESTIONS = 400;
    /** Answers that tell something; a slow machine needs more questions for them. */
    private static final int ENOUGH = QUESTIONS / 4;

    @TempDir
    Path folder;

    /** What was said, each by the moment at which it was there for certain. */
    private final ConcurrentSkipListMap<Long, Integer> said = new ConcurrentSkipListMap<>();

    private int leastAllowed(long asked) {
        return Optional.ofNullable(said.floorEntry(asked - OLDEST))
                .map(Map.Entry::getValue)
                .orElse(0);
    }

    private static boolean couldNotAsk(JsonNode answer) {
        return COULD_NOT_ASK.contains(answer.path("reasons").get(0).textValue());
    }

    /** Asks again and again while faults come and go; every answer that tells something is new enough. */
    private void assertFresh(GateUnderTest gate, String query, ToIntFunction<JsonNode> number, Runnable fault) {
        var good = 0;
        for (var question = 0; question < QUESTIONS || good <= ENOUGH; question++) {
            if (question % 40 == 20) {
                fault.run();
            }
            var asked = System.nanoTime();
            var response = gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo?" + query)));
            assertEquals(200, response.statusCode());
            var answer = GateUnderTest.json(response);
            if (!couldNotAsk(answer)) {
                var least = leastAllowed(asked);
                var told = number.applyAsInt(answer);
                assertTrue(
                        told >= least,
                        "question " + question + ": " + told + " though " + least + " was there: " + answer);
                good++;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
        }
    }

    private static String query(String canary) {
        return "service=checkout&namespace=shop&rollout=checkout&canary=" + canary
                + "&stable=stable1&revision=7&step=1";
    }

    @Test
    void whatAnalysisServiceSaysIsNeverOlderThanIsStated() throws InterruptedException {
        GateUnderTest.policy(folder, "checkout", "");
        try (var gate = new GateUnderTest(folder)) {
            gate.poll("c1");
            var ended = new AtomicBoolean();
            var speaker = Thread.ofPlatform().start(() -> {
                for (var number = 1; !ended.get(); number++) {
                    var requests = number;
                    gate.analysis.say("c1", analysis -> analysis.clearObjectives()
                            .addObjectives(FakeAnalysis.objective(0, requests, 0)));
                    said.put(System.nanoTime(), number);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
            });
            var random = new Random(7);
            assertFresh(
                    gate,
                    query("c1"),
                    answer -> answer.path("objectives")
                            .path(0)
                            .path("requests")
                            .path("canary")
                            .intValue(),
                    () -> {
                        switch (random.nextInt(3)) {
                            case 0 -> gate.analysis.cut();
                            case 1 -> {
                                gate.analysisServer.hang();
                                Thread.ofVirtual().start(() -> {
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
                                    gate.analysisServer.release();
                                });
                            }
                            default -> gate.analysisServer.release();
                        }
                    });
            ended.set(true);
            speaker.join();
            gate.analysisServer.release();
        }
    }

    @Test
    void whatAnotherProcessWritesIsNeverOlderThanIsStated() throws Exception {
        GateUnderTest.policy(folder, "checkout", "");
        var direct = TestDatabase.fresh();
        try (var proxy = new DatabaseProxy(direct);
                var gate = new GateUnderTest(folder, proxy.settings(), SHORT_STATEMENTS)) {
            gate.rollback.refuse(ErrorReason.NO_ROLLBACK_TARGET);
            gate.analysis.say("c1", analysis -> analysis.setVerdict(Verdict.FAIL)
                    .setState(Analysis.State.CONCLUDED)
                    .setWindowCount(3));
            var release = gate.poll("c1").path("release").textValue();
            Await.until(
                    "the refusal",
                    LIMIT,
                    () -> !gate.poll("c1").path("rollbackDetail").textValue().isEmpty());
            var ended = new AtomicBoolean();
            var writer = Thread.ofPlatform().start(() -> write(direct, release, ended));
            var random = new Random(11);
            assertFresh(
                    gate,
                    query("c1"),
                    answer -> number(answer.path("rollbackDetail").textValue()),
                    () -> {
                        switch (random.nextInt(3)) {
                            case 0 -> proxy.fallSilent();
                            case 1 -> killConnections(direct);
                            default -> proxy.recover();
                        }
                        if (random.nextBoolean()) {
                            Thread.ofVirtual().start(() -> {
                                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(300)));
                                proxy.recover();
                            });
                        }
                    });
            ended.set(true);
            writer.join();
            proxy.recover();
        }
    }

    private static int number(String detail) {
        return detail.startsWith("n=") ? Integer.parseInt(detail.substring(2)) : 0;
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    /** Half of the changes are in a transaction that was begun long before. */
    private void write(DatabaseSettings settings, String release, AtomicBoolean ended) {
        var sql = "update gate.rollback_orders set detail = ? where release_id = ?::uuid";
        var id = release.substring(release.lastIndexOf('/') + 1);
        for (var number = 1; !ended.get(); number++) {
            try (var connection = connect(settings);
                    var update = connection.prepareStatement(sql)) {
                connection.setAutoCommit(number % 2 == 0);
                update.setString(1, "n=" + number);
                update.setString(2, id);
                update.executeUpdate();
                if (number % 2 != 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
                    connection.commit();
                }
                said.put(System.nanoTime(), number);
            } catch (SQLException e) {
                continue; // it was killed with the gate's
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void killConnections(DatabaseSettings settings) {
        try (var connection = connect(settings);
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theChangeOfAPolicyIsFollowedAtOnce() {
        GateUnderTest.policy(folder, "checkout", "");
        try (var gate = new GateUnderTest(folder)) {
            gate.neverReview();
            gate.poll("c1");
            gate.analysis.say("c1", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                    .setState(Analysis.State.CONCLUDED)
                    .setWindowCount(3));
            assertEquals("HOLD", gate.poll("c1").path("decision").textValue());
            GateUnderTest.policy(folder, "checkout", "  gate: {undecided: abort}");
            Await.until(
                    "the new policy",
                    LIMIT,
                    () -> gate.poll("c1").path("decision").textValue().equals("ABORT"));
        }
    }

    @Test
    void aDecisionOfAnotherReplicaEndsEveryWaitHere() throws Exception {
        GateUnderTest.policy(folder, "checkout", "");
        var random = new Random(3);
        try (var gate = new GateUnderTest(folder);
                var other = gate.another()) {
            var channel = NettyChannelBuilder.forAddress("127.0.0.1", other.grpcPort())
                    .usePlaintext()
                    .build();
            var decide = GateServiceGrpc.newBlockingStub(channel);
            for (var round = 0; round < 40; round++) {
                var canary = "c" + round;
                var body =
                        "{\"service\":\"checkout\",\"rollout\":\"%1$s\",\"canary\":\"%1$s\",\"stable\":\"s\",\"stage\":\"canary-1\",\"wait\":\"%2$s\"}";
                var release = GateUnderTest.json(gate.ask(body.formatted(canary, "0s")))
                        .path("release")
                        .textValue();
                var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
                for (var wait = 0; wait < 3; wait++) {
                    waiting.add(gate.sending(gate.question(body.formatted(canary, "1h"))));
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(8_000)));
                }
                var good = random.nextBoolean();
                if (good) {
                    decide.promoteRelease(PromoteReleaseRequest.newBuilder()
                            .setName(release)
                            .setReason("fine")
                            .build());
                } else {
                    decide.abortRelease(AbortReleaseRequest.newBuilder()
                            .setName(release)
                            .setReason("bad")
                            .build());
                }
                for (var answer : waiting) {
                    var told = GateUnderTest.json(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
                    assertEquals(
                            good ? "PROMOTE" : "ABORT", told.path("decision").textValue(), told.toString());
                }
            }
            channel.shutdownNow();
        }
    }

    @Test
    void aRestartUnderPollsAnswersEveryPollThatIsTaken() throws InterruptedException {
        GateUnderTest.policy(folder, "checkout", "");
        try (var gate = new GateUnderTest(folder)) {
            var release = gate.poll("c1").path("release").textValue();
            var ended = new AtomicBoolean();
            List<String> wrong = Collections.synchronizedList(new ArrayList<>());
            List<Thread> clients = new ArrayList<>();
            for (var client = 0; client < 8; client++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    while (!ended.get()) {
                        try {
                            var port = gate.service().httpPort();
                            var response = gate.send(HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + port + "/v1/argo?" + query("c1"))));
                            var answer = GateUnderTest.json(response);
                            if (response.statusCode() != 200
                                    || !couldNotAsk(answer)
                                            && !release.equals(
                                                    answer.path("release").textValue())) {
                                wrong.add(response.statusCode() + " " + response.body());
                            }
                        } catch (UncheckedIOException | IllegalStateException e) {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // the gate is away
                        }
                    }
                }));
            }
            for (var restart = 0; restart < 2; restart++) {
                gate.restart();
                Await.until(
                        "answers from memory",
                        LIMIT,
                        () -> gate.service().get(ReleaseMemory.class).size() > 0);
            }
            ended.set(true);
            for (var client : clients) {
                client.join();
            }
            assertEquals(List.of(), wrong.stream().limit(3).toList());
        }
    }
}
