package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.database.DatabaseSettings;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.analysis.v1.MeasuringState;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Flagger's hooks: the calls of its controller v1.44.0 (pkg/controller/scheduler.go and webhook.go), in the order in which it makes them, against a running gate.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FlaggerIT {
    private static final int GO = 200;
    private static final int HOLD = 403;

    @TempDir
    static Path folder;

    private final DatabaseSettings database = TestDatabase.fresh();

    @AutoClose
    private final GateUnderTest gate = new GateUnderTest(folder, database);

    @BeforeAll
    static void configure() {
        GateUnderTest.policy(folder, "checkout", "");
    }

    /** A Canary as Flagger holds it. */
    private final class Canary {
        private final String name;
        private final Map<String, String> metadata;
        private String phase = "Initialized";
        private String checksum = "start";

        Canary(String name, Map<String, String> metadata) {
            this.name = name;
            this.metadata = metadata;
        }

        int call(String hook) {
            return send(hook).statusCode();
        }

        HttpResponse<String> send(String hook) {
            gate.settle();
            return send(gate.uri("/v1/flagger/" + hook), phase, metadata);
        }

        private HttpResponse<String> send(URI address, String inPhase, Map<String, String> with) {
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("namespace", "shop")
                    .put("phase", inPhase)
                    .put("checksum", checksum);
            var more = body.putObject("metadata");
            with.forEach(more::put);
            return gate.send(HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        }

        int event(String message) {
            var with = new HashMap<>(metadata);
            with.putAll(Map.of("eventMessage", message, "eventType", "Normal", "timestamp", "1772366400000"));
            return send(gate.uri("/v1/flagger/event"), phase, with).statusCode();
        }

        /** What Flagger does when it finds another revision: it asks until it may, scales up, and has the new checksum with the next tick. */
        void begin(String newChecksum) {
            Await.until("the rollout confirmed", LIMIT, () -> call("confirm-rollout") == GO);
            checksum = newChecksum;
            phase = "Progressing";
        }

        /** A tick before the canary has traffic. */
        int firstTick() {
            assertEquals(HOLD, call("rollback"));
            assertEquals(GO, call("pre-rollout"));
            return call("confirm-traffic-increase");
        }

        void end(String as) {
            phase = as;
            assertEquals(GO, call("post-rollout"));
        }
    }

    private Canary checkout() {
        return new Canary("checkout", Map.of());
    }

    private List<Release> releases() {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setService("checkout").build())
                .getReleasesList();
    }

    private Release newest() {
        return releases().getFirst();
    }

    private void fails() {
        gate.analysis.say("checkout", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
    }

    private void goesOn() {
        gate.analysis.say("checkout", Verdict.CONTINUE, 1);
    }

    @Test
    void aGoodCanaryIsGivenUsersOnceThenHeldUntilItPassedAndIsOnRecordAsPromoted() {
        var canary = checkout();
        canary.begin("a");
        assertEquals(GO, canary.firstTick(), "without users there would never be evidence");
        var start = gate.analysis.starts().getFirst();
        assertEquals(List.of("checkout", "checkout-primary"), List.of(start.getCanary(), start.getBaseline()));
        for (var tick = 0; tick < 3; tick++) {
            assertEquals(HOLD, canary.call("rollback"));
            assertEquals(GO, canary.call("rollout"), "a hold is no failed check");
            assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        }
        assertEquals(HOLD, canary.call("confirm-promotion"));
        gate.analysis.say("checkout", Verdict.PASS, 4);
        assertEquals(GO, canary.call("confirm-traffic-increase"));
        assertEquals(HOLD, canary.call("rollback"));
        assertEquals(GO, canary.call("confirm-promotion"));
        canary.end("Succeeded");

        var release = newest();
        assertEquals(Release.State.PROMOTED, release.getState());
        assertEquals("a.1", release.getRevision());
        assertEquals(List.of("shop", "checkout"), List.of(release.getNamespace(), release.getRollout()));
        assertEquals(
                List.of(DecisionReason.PROMOTED_BY_CONTROLLER),
                release.getLatestDecision().getReasonsList());
        assertEquals("flagger", release.getLatestDecision().getActor());
        Await.until("the analysis to be cancelled", LIMIT, () -> gate.analysis
                .cancelled()
                .contains(release.getAnalysis()));
        canary.end("Succeeded");
        assertEquals(1, releases().size(), "a report that comes twice");
    }

    @Test
    void aBadCanaryIsTakenBackByTheRollbackHookAloneAndARetryOfTheSameContentIsJudgedAnew() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        fails();
        var text = canary.send("rollout");
        assertEquals(HOLD, text.statusCode());
        assertTrue(text.body().startsWith("ABORT SLO_VIOLATED: "), text.body());
        assertEquals(HOLD, canary.call("confirm-traffic-increase"));
        assertEquals(HOLD, canary.call("confirm-promotion"));
        assertEquals(HOLD, canary.call("pre-rollout"));
        assertEquals(GO, canary.call("rollback"));
        canary.end("Failed");
        assertEquals(Release.State.ABORTED, newest().getState());
        assertEquals(
                List.of(DecisionReason.SLO_VIOLATED),
                newest().getLatestDecision().getReasonsList());
        assertEquals(HOLD, canary.call("rollback"), "nothing is analysed in phase Failed");
        // Its state is left out when rollback-service takes long to tell it.
        Await.until("a hold for the rollback", LIMIT, () -> {
            var early = canary.send("confirm-rollout");
            assertEquals(HOLD, early.statusCode());
            return early.body().startsWith("HOLD ROLLBACK_RUNNING: ");
        });

        gate.rollback.stands(Rollback.State.SUCCEEDED, "users recovered");
        goesOn();
        canary.begin("a");
        assertEquals(HOLD, canary.call("rollback"), "that was the rollout before");
        assertEquals(GO, canary.firstTick());
        assertEquals("a.2", newest().getRevision());
        assertEquals(Release.State.OPEN, newest().getState());
    }

    @Test
    void whatFlaggerTakesBackByItselfIsOnRecordAndOrdersNoRollback() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        canary.end("Failed");
        var release = newest();
        assertEquals(Release.State.ABORTED, release.getState());
        assertEquals(
                List.of(DecisionReason.ABORTED_BY_CONTROLLER),
                release.getLatestDecision().getReasonsList());
        assertEquals("", release.getRollback());
        assertEquals("", release.getRollbackDetail());
        assertEquals(List.of(), gate.rollback.asked());
    }

    @Test
    void aRolloutThatSkipsTheAnalysisIsOnRecord() {
        var canary = checkout();
        canary.begin("a");
        canary.end("Succeeded");
        canary.begin("a");
        canary.end("Succeeded");
        assertEquals(
                List.of("a.2", "a.1"),
                releases().stream().map(Release::getRevision).toList());
        assertTrue(releases().stream().allMatch(release -> release.getState() == Release.State.PROMOTED));
        assertEquals(List.of(), gate.analysis.starts());
    }

    @Test
    void backAndForthInTheMiddleOfAnAnalysisAreThreeReleasesOfWhichOnlyTheLastIsOpen() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        fails();
        assertEquals(GO, canary.call("rollback"));
        goesOn();
        canary.checksum = "b";
        assertEquals(HOLD, canary.call("rollback"));
        canary.firstTick();
        canary.checksum = "a";
        assertEquals(HOLD, canary.call("rollback"), "the ABORT was of the first a");
        assertEquals(
                List.of("a.3", "b.2", "a.1"),
                releases().stream().map(Release::getRevision).toList());
        assertEquals(
                List.of(Release.State.OPEN, Release.State.SUPERSEDED, Release.State.ABORTED),
                releases().stream().map(Release::getState).toList());
    }

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
    void aPersonsAbortIsCarriedOut() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(newest().getName())
                        .setReason("payments are failing")
                        .build());
        assertEquals(GO, canary.call("rollback"));
    }

    @Test
    void theReportThatWasLostIsMadeUpByTheNextQuestion() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        canary.phase = "Failed";
        canary.begin("b");
        assertEquals(Release.State.ABORTED, newest().getState());
        canary.firstTick();
        canary.phase = "Succeeded";
        canary.begin("c");
        assertEquals(Release.State.PROMOTED, newest().getState());
    }

    @Test
    void twoCanariesOfOneServiceAreTwoReleases() {
        var east = new Canary("east", Map.of("service", "checkout", "target", "checkout-east"));
        var west = new Canary(
                "west", Map.of("service", "checkout", "canary", "checkout-west", "stable", "checkout-west-stable"));
        for (var canary : List.of(east, west)) {
            canary.begin("a");
            assertEquals(GO, canary.firstTick());
        }
        gate.analysis.say("checkout-west", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        assertEquals(GO, west.call("rollback"));
        assertEquals(HOLD, east.call("rollback"));
        assertEquals(
                List.of("checkout-west-stable", "checkout-east-primary"),
                releases().stream().map(Release::getStable).toList());
    }

    @Test
    void whatIsSaidFitsIntoAnEventOfKubernetes() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        gate.analysis.say("checkout", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .setExplanation("schlecht, sehr schlecht: äöü\n".repeat(200)));
        var response = canary.send("rollout");
        assertEquals(HOLD, response.statusCode());
        assertTrue(response.body().length() < 800, response.body().length() + " characters");
        assertFalse(response.body().contains("\n"));
        assertEquals("text/plain", contentType(response));
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("none").split(";")[0];
    }

    /** Hooks as events and reports alone: Flagger decides by itself, and the gate has its opinion on record. */
    @Test
    void eventsAloneOpenReleasesAndTellTheWeight() {
        var canary = checkout();
        assertEquals(202, canary.event("Initialization done! checkout.shop"));
        canary.phase = "Progressing";
        assertEquals(202, canary.event("New revision detected! Scaling up checkout.shop"));
        canary.checksum = "a";
        assertEquals(202, canary.event("Starting canary analysis for checkout.shop"));
        Await.until("the release to be opened", LIMIT, () -> !releases().isEmpty());
        assertEquals("a.1", newest().getRevision());
        canary.event("Advance checkout.shop canary weight 20");
        canary.end("Succeeded");
        assertEquals(Release.State.PROMOTED, newest().getState());
        canary.phase = "Progressing";
        canary.event("Promotion completed! Scaling down checkout.shop");
        canary.checksum = "b";
        canary.event("Starting canary analysis for checkout.shop");
        Await.until("the next release", LIMIT, () -> releases().size() == 2);
        assertEquals("b.2", newest().getRevision());
    }

    @Test
    void aDryRunLetsFlaggerGoOnAndRollsNothingBack() {
        var canary = new Canary("checkout", Map.of("dryRun", "true"));
        canary.begin("a");
        assertEquals(GO, canary.firstTick());
        fails();
        assertEquals(HOLD, canary.call("rollback"));
        assertEquals(GO, canary.call("confirm-traffic-increase"));
        assertEquals(GO, canary.call("rollout"));
        assertEquals(GO, canary.call("confirm-promotion"));
        canary.end("Succeeded");
        assertEquals(Release.State.ABORTED, newest().getState(), "the gate's opinion stays on record");
        assertTrue(newest().getDryRun());
        canary.begin("b");
        canary.end("Succeeded");
        assertTrue(newest().getDryRun());
        assertEquals(List.of(), gate.rollback.asked());
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|body",
                "{|body",
                "[]|body",
                "{}|name",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':7}|checksum",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':''}|checksum",
                "{'name':'c','namespace':'n','phase':null,'checksum':'a'}|phase",
                "{'name':'c','name':'d','namespace':'n','phase':'Progressing','checksum':'a'}|body",
                "{'name':'','namespace':'n','phase':'Progressing','checksum':'a'}|name",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':[]}|metadata",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'sevice':'x'}}|metadata.sevice",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'service':7}}|metadata.service",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'service':''}}|metadata.service",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'dryRun':'yes'}}|metadata.dryRun",
                "{'name':'c','namespace':'n','phase':'Progressing','checksum':'a','metadata':{'stable':'c'}}|stable"
            })
    void aBodyThatIsNotLegalNamesItsField(String body, String field) {
        var response = gate.send(HttpRequest.newBuilder(gate.uri("/v1/flagger/rollback"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        body.replace('\'', '"').replace("\"c\"", "\"checkout\""))));
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(field, GateUnderTest.json(response).path("field").textValue(), response.body());
        assertFalse(GateUnderTest.json(response).path("fault").textValue().isBlank());
    }

    @Test
    void fieldsOfANewerFlaggerAndLongBodiesAreTaken() {
        var body =
                "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Progressing\",\"checksum\":\"a\",\"more\":\""
                        + "x".repeat(2_000) + "\"}";
        var response = gate.send(HttpRequest.newBuilder(gate.uri("/v1/flagger/rollback"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(HOLD, response.statusCode(), response.body());
        assertTrue(response.body().startsWith("HOLD NOT_ENOUGH_EVIDENCE: "), response.body());
    }

    @Test
    void anAddressThatIsNoHookAndAPhaseThatIsNoEndSayWhatIsLegal() {
        var canary = checkout();
        var none = canary.send("confirm-rolout");
        assertEquals(404, none.statusCode());
        assertTrue(none.body().contains("confirm-rollout, pre-rollout, rollout"), none.body());
        canary.phase = "Progressing";
        var noEnd = canary.send("post-rollout");
        assertEquals(400, noEnd.statusCode());
        assertEquals("phase", GateUnderTest.json(noEnd).path("field").textValue());
    }

    /** Go's client sends a name and a password in an address as this header; Flagger's hooks have no other way to send one. */
    @Test
    void credentialsInTheAddressDoNoHarm() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(gate.uri("/v1/flagger/confirm-rollout"))
                            .header("Authorization", "Basic eDp0b2tlbg==")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Initialized\",\"checksum\":\"a\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(GO, response.statusCode(), response.body());
        }
    }

    @Test
    void releasesOfTwoRolloutsNeverShareAnAnalysis() {
        var canary = checkout();
        canary.begin("a");
        canary.firstTick();
        var first = newest();
        canary.end("Failed");
        canary.begin("a");
        canary.firstTick();
        assertNotEquals(first.getAnalysis(), newest().getAnalysis());
        assertEquals(1, newest().getRun());
    }
}
