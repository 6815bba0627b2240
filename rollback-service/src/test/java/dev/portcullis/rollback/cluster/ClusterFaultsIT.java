package dev.portcullis.rollback.cluster;

import static dev.portcullis.rollback.cluster.ClusterContract.ROLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Readiness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a request that does not succeed: the fault, what it means, and that it was sent once. */
final class ClusterFaultsIT {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final KubeServer server = new KubeServer();
    private final Breakers breakers = new Breakers(new SimpleMeterRegistry());
    private ClusterSettings settings = server.settings("prod", LIMIT);
    private final Clusters clusters = new Clusters(
            () -> Map.of("prod", settings), Map.of(), OpenTelemetry.noop(), breakers, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void fill() {
        server.put(ROLLOUT, "shop", "{metadata: {name: checkout}, spec: {paused: false}}");
    }

    @AfterEach
    void close() {
        clusters.close();
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "400, INVALID, Refused, NOT_POSSIBLE",
        "403, DENIED, Refused, ACCESS_DENIED",
        "404, NOT_FOUND, Refused, TARGET_NOT_FOUND",
        "409, CONFLICT, Again, unreachable",
        "415, INVALID, Refused, NOT_POSSIBLE",
        "422, INVALID, Refused, NOT_POSSIBLE",
        "429, TOO_MANY, Again, unreachable",
        "307, INVALID, Refused, NOT_POSSIBLE",
        "408, TIMEOUT, AgainUnknown, unreachable",
        "500, SERVER, AgainUnknown, unreachable",
        "503, SERVER, AgainUnknown, unreachable",
        "504, SERVER, AgainUnknown, unreachable",
    })
    void aStatusThatIsNoSuccessIsOneFaultAndIsNotRepeated(int status, Fault fault, String meaning, String readiness) {
        server.failNext(status, Map.of("Location", server.address() + "/elsewhere"));
        var failure = pausing();
        assertEquals(fault, failure.fault());
        assertEquals(
                "cluster 'prod': PATCH rollouts shop/checkout: answered " + status + ": told to fail",
                failure.getMessage());
        assertEquals(meaning, meaning(failure.result()));
        assertEquals(failure.getMessage(), failure.result().text());
        assertEquals(readiness, readiness(failure));
        assertEquals(1, server.mutations().size());
        assertEquals(0, server.applied().size());
    }

    @ParameterizedTest(name = "{0} with Retry-After: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | 7 | PT7S",
                "503 | Sun, 01 Mar 2026 12:00:30 GMT | PT30S",
                "429 | soon | PT0S",
            })
    void aServerThatWantsToBeLeftAloneIsHeard(int status, String wish, String pause) {
        server.failNext(status, Map.of("Retry-After", wish));
        var failure = pausing();
        assertEquals(Duration.parse(pause), failure.retryAfter());
        assertEquals(Duration.parse(pause), ((ApplyResult.Again) failure.result()).pause());
        assertEquals(1, server.mutations().size());
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDoesNotAnswerIsWaitedForUntilTheDeadline(FaultMoment moment) {
        settings = server.settings("prod", SHORT);
        server.hangNext(KubeRequest::isMutating, moment);
        var failure = pausing();
        assertEquals(Fault.TIMEOUT, failure.fault());
        var where = server.address().substring("http://".length());
        assertEquals(
                "cluster 'prod': PATCH rollouts shop/checkout: no answer from " + where + " within 1000 ms",
                failure.getMessage());
        assertEquals("AgainUnknown", meaning(failure.result()));
        assertEquals(1, server.mutations().size());
    }

    @Test
    void aBodyThatDoesNotEndIsCutOffAtTheDeadline() throws Exception {
        settings = server.settings("prod", SHORT);
        server.stallNext(KubeRequest::isMutating);
        assertEquals(Fault.TIMEOUT, pausing().fault());
        assertTrue(clusters.named("prod").get(ROLLOUT, "shop", "checkout").isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutLeavesTheEffectUnknownAndTheRequestIsNotSentAgain(FaultMoment moment) throws Exception {
        // On a connection that was in use before, which is where HTTP clients like to try again by themselves.
        clusters.named("prod").get(ROLLOUT, "shop", "checkout");
        server.cutNext(moment);
        var failure = pausing();
        assertEquals(Fault.BROKEN, failure.fault());
        assertEquals("AgainUnknown", meaning(failure.result()));
        assertEquals(1, server.mutations().size());
        assertEquals(moment == FaultMoment.AFTER ? 1 : 0, server.applied().size());
    }

    @Test
    void whereNobodyListensNothingWasSent() throws Exception {
        settings = reachedBy(Files.writeString(folder.resolve("nobody"), Kubeconfigs.of("http://127.0.0.1:1")));
        var failure = pausing();
        assertEquals(Fault.CONNECT, failure.fault());
        assertEquals("Again", meaning(failure.result()));
        assertEquals(
                "cluster 'prod': PATCH rollouts shop/checkout: no connection to 127.0.0.1:1: refused",
                failure.getMessage());
    }

    @Test
    void whatIsNoAnswerOfAnApiServerIsNotTakenForOne() throws Exception {
        try (var portal = new StubHttpServer(request -> Response.text(200, "<html>please log in</html>"))) {
            settings = reachedBy(Files.writeString(folder.resolve("portal"), Kubeconfigs.of(portal.address())));
            assertEquals(Fault.BROKEN, pausing().fault());
            var look = assertThrows(
                    ClusterException.class, () -> clusters.named("prod").get(ROLLOUT, "shop", "checkout"));
            assertEquals(
                    "cluster 'prod': GET rollouts shop/checkout: answered 200 without a JSON object",
                    look.unreadable().text());
        }
    }

    @Test
    void theBreakerOpensOnFailuresOfTheServerAndClosesWhenItIsBack() {
        for (int i = 0; i < 5; i++) {
            server.failNext(500, Map.of());
            assertEquals(Fault.SERVER, pausing().fault());
        }
        var failure = pausing();
        assertEquals(Fault.BREAKER_OPEN, failure.fault());
        assertEquals("Again", meaning(failure.result()));
        assertEquals(5, server.mutations().size());
        Await.until("the breaker lets requests through", LIMIT, () -> pause() != null);
        assertEquals(1, server.applied().size());
    }

    @Test
    void anAnswerThatIsTheRequestsFaultDoesNotOpenTheBreaker() {
        for (var status : new int[] {403, 404, 409, 422, 429, 400}) {
            for (int i = 0; i < 5; i++) {
                server.failNext(status, Map.of());
                assertTrue(pausing().fault() != Fault.BREAKER_OPEN);
            }
        }
        assertEquals(0, breakers.of("kubernetes:prod").getMetrics().getNumberOfFailedCalls());
        assertEquals(30, server.mutations().size());
    }

    @ParameterizedTest(name = "readyz {0}, review {1}")
    @CsvSource({
        "403, 403, Again, unreachable",
        "500, 201, Again, unreachable",
        "500, 403, Again, unreachable",
        "200, 201, Refused, ACCESS_DENIED",
        "200, 403, Refused, ACCESS_DENIED",
        "403, 201, Refused, ACCESS_DENIED",
    })
    void aRefusalOfAServerThatIsStartingPassesAndEveryOtherOneStands(
            int ready, int review, String meaning, String readiness) throws Exception {
        try (var starting = new StubHttpServer(request -> starting(request, ready, review))) {
            settings = reachedBy(Files.writeString(folder.resolve("starting"), Kubeconfigs.of(starting.address())));
            var failure = pausing();
            assertEquals(meaning, meaning(failure.result()));
            assertEquals(readiness, readiness(failure));
            assertTrue(failure.getMessage().contains("PATCH rollouts shop/checkout: answered 403: no such right"));
            assertEquals(
                    1,
                    starting.requests().stream()
                            .filter(request -> request.method().equals("PATCH"))
                            .count());
        }
    }

    /** A kube-apiserver 1.34 answers so for some tenths of a second after its start: it has no roles yet. */
    private static Response starting(StubHttpServer.Request request, int ready, int review) {
        return switch (request.method()) {
            case "GET" -> Response.text(ready, "");
            case "POST" -> Response.json(review, "{\"status\": {\"allowed\": false}}");
            default -> Response.json(403, "{\"message\": \"no such right\"}");
        };
    }

    @Test
    void twoClustersHaveABreakerEach() throws Exception {
        try (var others = server.clusters("test")) {
            for (int i = 0; i < 6; i++) {
                server.failNext(500, Map.of());
                pausing();
            }
            assertEquals(Fault.BREAKER_OPEN, pausing().fault());
            assertTrue(others.named("test").get(ROLLOUT, "shop", "checkout").isPresent());
        }
    }

    private ClusterSettings reachedBy(Path kubeconfig) {
        return new ClusterSettings("prod", new ClusterSettings.Access.Kubeconfig(kubeconfig, Optional.empty()), LIMIT);
    }

    private ClusterException pausing() {
        return assertThrows(ClusterException.class, this::pause);
    }

    private JsonNode pause() throws ClusterException {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("paused", true);
        return clusters.named("prod").mergePatch(ROLLOUT, "shop", "checkout", patch);
    }

    private static String readiness(ClusterException failure) {
        return failure.readiness() instanceof Readiness.Blocked blocked
                ? blocked.obstacle().name()
                : "unreachable";
    }

    private static String meaning(ApplyResult result) {
        var unknown = result instanceof ApplyResult.Again again && again.effectUnknown() ? "Unknown" : "";
        return result.getClass().getSimpleName() + unknown;
    }
}
