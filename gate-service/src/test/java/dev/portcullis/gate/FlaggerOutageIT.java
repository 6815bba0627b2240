package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.proto.analysis.v1.MeasuringState;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Flagger's calls while something behind the gate is missing, or more than one gate answers. */
final class FlaggerOutageIT extends FlaggerCalls {
    @Test
    void aRestartBetweenTicksChangesNothing() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        gate.restart();
        assertEquals(HOLD, canary.call("confirm-traffic-increase"), "the first share was given before");
        assertEquals("a.1", newest().getRevision());
        fails();
        assertEquals(GO, canary.call("rollback"));
        gate.restart();
        assertEquals(GO, canary.call("rollback"));
        assertEquals(1, releases().size());
    }

    @Test
    void twoReplicasFollowOneRollout() throws Exception {
        var canary = checkout();
        canary.begin("a");
        try (var other = gate.another();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var there = URI.create("http://127.0.0.1:" + other.httpPort() + "/v1/flagger/confirm-traffic-increase");
            List<Callable<Integer>> calls = new ArrayList<>();
            for (var i = 0; i < 10; i++) {
                calls.add(() -> canary.call("confirm-traffic-increase"));
                calls.add(() -> canary.send(there, "Progressing", Map.of()).statusCode());
            }
            var given = 0;
            for (var call : threads.invokeAll(calls)) {
                given += call.get() == GO ? 1 : 0;
            }
            assertEquals(1, given, "the first share of traffic is given once");
        }
        assertEquals(1, releases().size());
    }

    @Test
    void anOutageOfTheAnalysisHoldsEverythingAndTakesNothingBack() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        gate.analysisServer.stop();
        assertEquals(HOLD, canary.call("rollback"));
        assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        assertEquals(HOLD, canary.call("confirm-promotion"));
        assertEquals(GO, canary.call("rollout"), "an outage is no failed check");
        canary.checksum = "b";
        assertEquals(HOLD, canary.call("pre-rollout"), "nobody would watch its first users");
        assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        assertEquals(HOLD, canary.call("rollback"));
    }

    @Test
    void anOutageOfTheDatabaseHoldsEverythingTakesNothingBackAndHasTheReportSentAgain() throws SQLException {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        fails();
        assertEquals(GO, canary.call("rollback"));
        execute("alter table gate.flagger_rollouts rename to gone");
        var held = canary.send("rollback");
        assertEquals(HOLD, held.statusCode());
        assertTrue(held.body().startsWith("STORE_UNAVAILABLE: "), held.body());
        for (var hook : List.of("confirm-rollout", "pre-rollout", "confirm-traffic-increase", "confirm-promotion")) {
            assertEquals(HOLD, canary.call(hook), hook);
        }
        assertEquals(GO, canary.call("rollout"), "an outage is no failed check");
        assertEquals(202, canary.event("Starting canary analysis for checkout.shop"));
        canary.phase = "Failed";
        assertEquals(503, canary.call("post-rollout"));
        execute("alter table gate.gone rename to flagger_rollouts");
        execute("alter table gate.releases rename column state to gone");
        canary.phase = "Progressing";
        assertEquals(HOLD, canary.call("rollback"));
        canary.phase = "Failed";
        assertEquals(503, canary.call("post-rollout"));
        execute("alter table gate.releases rename column gone to state");
        assertEquals(GO, canary.call("post-rollout"));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void metricsThatCannotBeReadGiveACanaryNoFirstUsers() {
        var canary = checkout();
        canary.begin("a");
        gate.analysis.say("checkout", analysis -> analysis.setMeasuring(MeasuringState.UNREACHABLE));
        assertEquals(HOLD, canary.call("pre-rollout"));
        assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        gate.analysis.silence("checkout", analysis -> {});
        assertEquals(GO, canary.firstTick());
    }

    @Test
    void anUnknownServiceIsHeldByItsNameAndNothingIsKeptOfIt() {
        var canary = new Canary("podinfo", Map.of("service", "chekout"));
        var refused = canary.send("confirm-rollout");
        assertEquals(HOLD, refused.statusCode());
        assertEquals("HOLD UNKNOWN_SERVICE: no ReleasePolicy names service 'chekout'; known: checkout", refused.body());
        canary.phase = "Progressing";
        for (var hook : List.of("rollback", "pre-rollout", "confirm-traffic-increase", "confirm-promotion")) {
            var response = canary.send(hook);
            assertEquals(HOLD, response.statusCode(), hook);
            assertTrue(response.body().contains("chekout"), response.body());
        }
        canary.phase = "Failed";
        assertEquals(HOLD, canary.call("post-rollout"));
        var right = new Canary("podinfo", Map.of("service", "checkout"));
        right.phase = "Progressing";
        right.call("rollback");
        assertEquals("start.1", newest().getRevision());
    }

    @Test
    void aFloodOfEventsKeepsNobodyWaiting() throws Exception {
        var canary = checkout();
        canary.begin("a");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (var i = 0; i < 500; i++) {
                var message = "Halt checkout.shop advancement " + i;
                calls.add(() -> canary.event(message));
            }
            for (var call : threads.invokeAll(calls)) {
                assertEquals(202, call.get());
            }
        }
        assertEquals(HOLD, canary.call("rollback"));
        assertEquals(1, releases().size());
    }
}
