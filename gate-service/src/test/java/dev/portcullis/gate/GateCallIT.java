package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /v1/gate}: what is legal, what each stage answers, dry runs, and answers that are fetched later. */
final class GateCallIT {
    private static final List<String> SERVICES =
            List.of("checkout", "deploys", "owed", "refused", "postponed", "cart", "dry", "search", "both");

    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        SERVICES.forEach(service -> GateUnderTest.policy(folder, service, ""));
        GateUnderTest.policy(folder, "trusting", "  gate: {undecided: promote-without-proof}");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    /** A question about a service with a rollout of the canary's name. */
    private static String question(String service, String canary, String stage, String more) {
        return "{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                + "\",\"stable\":\"s1\",\"stage\":\"" + stage + "\"" + more + "}";
    }

    private static JsonNode answer(String body) {
        return answer(200, gate.ask(body));
    }

    private static JsonNode answer(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElse("none").split(";")[0]);
        return GateUnderTest.json(response);
    }

    private static JsonNode fetch(JsonNode answer) {
        return answer(200, gate.send(HttpRequest.newBuilder(gate.uri(text(answer, "address")))));
    }

    private static String text(JsonNode answer, String field) {
        assertTrue(answer.path(field).isTextual(), field + " of " + answer);
        return answer.path(field).textValue();
    }

    private static List<String> reasons(JsonNode answer) {
        return answer.path("reasons").valueStream().map(JsonNode::textValue).toList();
    }

    private static void assertFault(int status, String field, HttpResponse<String> response) {
        var body = answer(status, response);
        assertEquals(field, text(body, "field"), response.body());
        assertFalse(text(body, "fault").isBlank());
        assertFalse(text(body, "fault").contains("\n"), response.body());
        assertEquals(2, body.size());
    }

    @Test
    void theAnswerHasAllFieldsOfArgosAndItsOwn() {
        var argo = gate.poll("checkout", "fields1", "s1");
        var answer = answer(question("checkout", "fields1", "canary-1", ""));
        var names = new HashSet<String>();
        argo.fieldNames().forEachRemaining(names::add);
        assertEquals(17, names.size());
        names.addAll(List.of("stage", "settled", "dryRun", "dryRunDecision", "evaluation", "address"));
        var found = new HashSet<String>();
        answer.fieldNames().forEachRemaining(found::add);
        assertEquals(names, found);
        assertEquals("HOLD", text(answer, "decision"));
        assertEquals("canary-1", text(answer, "stage"));
        assertEquals("", text(answer, "dryRunDecision"));
        assertFalse(answer.path("settled").booleanValue());
        assertFalse(answer.path("dryRun").booleanValue());
        assertEquals("/v1/gate/evaluations/" + text(answer, "evaluation"), text(answer, "address"));
    }

    @Test
    void theCanaryIsTheRevisionUnlessItIsNamedAndTheReleaseIsThatOfArgo() {
        var answer = answer("{\"service\":\"checkout\",\"revision\":\"v7\",\"stage\":\"canary-3\"}");
        var argo = GateUnderTest.json(gate.get("service=checkout&canary=v7&revision=v7"));
        assertEquals(text(argo, "release"), text(answer, "release"));
        assertEquals("v7", gate.release(text(answer, "release")).getCanary());
    }

    @Test
    void theBodyIsReadWhateverItsTypeIsCalled() {
        for (var type : new String[] {"text/plain", "application/x-www-form-urlencoded", "a/b"}) {
            var request = HttpRequest.newBuilder(gate.uri("/v1/gate"))
                    .header("Content-Type", type)
                    .header("Accept", "text/html")
                    .POST(HttpRequest.BodyPublishers.ofString(question("checkout", "types1", "canary-1", "")));
            assertEquals("HOLD", text(answer(200, gate.send(request)), "decision"), type);
        }
    }

    static Stream<Arguments> badBodies() {
        var legal = "\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary-1\"";
        return Stream.of(
                Arguments.of("", "body"),
                Arguments.of("{", "body"),
                Arguments.of("[]", "body"),
                Arguments.of("null", "body"),
                Arguments.of("{" + legal + "} {}", "body"),
                Arguments.of("{" + legal + "} x", "body"),
                Arguments.of("{" + legal + ",\"canary\":\"c\"}", "body"),
                Arguments.of("{" + legal + ",\"stable\":NaN}", "body"),
                Arguments.of("{" + legal + ",\"step\":\"1\"}", "step"),
                Arguments.of("{" + legal + ",\"WAIT\":\"1s\"}", "WAIT"),
                Arguments.of("{" + legal + ",\"stable\":null}", "stable"),
                Arguments.of("{" + legal + ",\"stable\":\"bad1\"}", "stable"),
                Arguments.of("{" + legal + ",\"revision\":\"${REV}\"}", "revision"),
                Arguments.of("{" + legal + ",\"wait\":\"abc\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"365d\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"1h1ms\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"-1s\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"30\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":30}", "wait"),
                Arguments.of("{" + legal + ",\"dryRun\":\"true\"}", "dryRun"),
                Arguments.of("{" + legal + ",\"dryRun\":1}", "dryRun"),
                Arguments.of("{" + legal + ",\"async\":null}", "async"),
                Arguments.of("{" + legal + ",\"async\":true,\"wait\":\"1s\"}", "wait"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary-0\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary-100\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"PRE-DEPLOY\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"stage\":\"canary-1\"}", "canary"),
                Arguments.of("{\"service\":\"checkout\",\"stage\":\"post-deploy\"}", "canary"),
                Arguments.of("{\"stage\":\"pre-deploy\"}", "service"),
                Arguments.of("{\"canary\":\"bad1\",\"stage\":\"canary-1\"}", "service"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBodyThatIsNotLegalNamesItsFieldAndOpensNothing(String body, String field) {
        assertFault(400, field, gate.ask(body));
        assertTrue(gate.analysis.starts().stream()
                .noneMatch(request -> request.getCanary().equals("bad1")));
    }

    @Test
    void aQueryBesideTheBodyIsRefused() {
        var request = HttpRequest.newBuilder(gate.uri("/v1/gate?wait=1s"))
                .POST(HttpRequest.BodyPublishers.ofString(question("checkout", "c", "canary-1", "")));
        assertFault(400, "wait", gate.send(request));
    }

    @Test
    void otherMethodsAndBodiesThatAreTooLargeAreRefusedAsJson() {
        assertFault(405, "method", gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate"))));
        assertFault(
                405,
                "method",
                gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate")).DELETE()));
        assertFault(413, "body", gate.ask("{\"service\":\"" + "x".repeat(1 << 20) + "\"}"));
    }

    @Test
    void beforeADeployNothingIsOpenedAndNothingSpeaksAgainstIt() {
        var answer = answer("{\"service\":\"deploys\",\"revision\":\"v1\",\"stage\":\"pre-deploy\"}");
        assertEquals("PROMOTE", text(answer, "decision"));
        assertEquals(List.of("NOTHING_AGAINST_DEPLOY"), reasons(answer));
        assertTrue(answer.path("settled").booleanValue());
        assertEquals("", text(answer, "release") + text(answer, "decisionId"));
        assertEquals(0, answer.path("run").intValue());
        assertEquals("PROMOTE", text(answer("{\"service\":\"deploys\",\"stage\":\"pre-deploy\"}"), "decision"));
        assertTrue(gate.analysis.starts().stream()
                .noneMatch(request -> request.getService().equals("deploys")));
    }

    @Test
    void beforeADeployAnUnknownServiceIsAHold() {
        var answer = answer("{\"service\":\"chekout\",\"stage\":\"pre-deploy\"}");
        assertEquals("HOLD", text(answer, "decision"));
        assertEquals(List.of("UNKNOWN_SERVICE"), reasons(answer));
        assertFalse(answer.path("settled").booleanValue());
    }

    @Test
    void noDeployBeginsBeforeTheLastRollbackHasEnded() {
        var before = "{\"service\":\"owed\",\"stage\":\"pre-deploy\"}";
        try (var own = GateUnderTest.ofCheckout()) {
            GateUnderTest.policy(own.folder, "owed", "");
            awaitPromote("with the new policy", own, before);
            own.rollback.refuse(ErrorReason.TARGET_UNREACHABLE);
            own.analysis.say("owed1", Verdict.FAIL, 1);
            var aborted = GateUnderTest.json(own.ask(question("owed", "owed1", "canary-1", "")));
            assertEquals("ABORT", text(aborted, "decision"));
            awaitHold("ROLLBACK_RUNNING", own, before);
            own.rollback.refuse(null);
            Await.until("the rollback started", LIMIT, () -> !own.release(text(aborted, "release"))
                    .getRollback()
                    .isEmpty());
            for (var state : List.of(Rollback.State.PLANNED, Rollback.State.RUNNING, Rollback.State.VERIFYING)) {
                own.rollback.stands(state, "");
                awaitHold("ROLLBACK_RUNNING", own, before);
            }
            own.rollback.loseRecord(true);
            awaitHold("ROLLBACK_UNAVAILABLE", own, before);
            own.rollback.loseRecord(false);
            for (var state : List.of(
                    Rollback.State.SUCCEEDED,
                    Rollback.State.FAILED,
                    Rollback.State.NEEDS_HUMAN,
                    Rollback.State.CANCELLED)) {
                own.rollback.stands(state, "");
                awaitPromote("after " + state, own, before);
            }
            own.rollback.expireRecord();
            awaitPromote("once it is no longer kept", own, before);
        }
    }

    /** A rollback whose state is not told in time is a hold of its own, after which the question is asked again. */
    private static void awaitHold(String reason, GateUnderTest own, String body) {
        Await.until("HOLD " + reason, LIMIT, () -> {
            var answer = answer(200, own.ask(body));
            assertEquals("HOLD", text(answer, "decision"), answer.toString());
            assertFalse(answer.path("settled").booleanValue());
            return reasons(answer).equals(List.of(reason));
        });
    }

    private static void awaitPromote(String when, GateUnderTest own, String body) {
        Await.until("PROMOTE " + when, LIMIT, () -> text(answer(200, own.ask(body)), "decision")
                .equals("PROMOTE"));
    }

    @Test
    void anAbortWithoutARollbackHoldsNoDeploy() {
        gate.analysis.say("nowhere1", Verdict.FAIL, 1);
        var aborted = answer("{\"service\":\"refused\",\"canary\":\"nowhere1\",\"stage\":\"canary-1\"}");
        assertEquals("ABORT", text(aborted, "decision"));
        assertEquals("PROMOTE", text(answer("{\"service\":\"refused\",\"stage\":\"pre-deploy\"}"), "decision"));
    }

    @Test
    void afterADeployAPassIsAHoldUntilTheAnalysisHasEnded() {
        gate.analysis.say("post1", Verdict.PASS, 3);
        assertEquals("PROMOTE", text(answer(question("cart", "post1", "canary-5", "")), "decision"));
        var running = answer(question("cart", "post1", "post-deploy", ""));
        assertEquals("HOLD", text(running, "decision"));
        assertEquals(List.of("ANALYSIS_RUNNING"), reasons(running));
        assertFalse(running.path("settled").booleanValue());
        assertTrue(text(running, "explanation").contains("2096-10-02T07:06:40Z"), text(running, "explanation"));
        assertEquals(
                "PROMOTE",
                gate.release(text(running, "release"))
                        .getLatestDecision()
                        .getOutcome()
                        .name(),
                "what is recorded is what the evidence says");
        gate.analysis.say(
                "post1",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
        var ended = answer(question("cart", "post1", "post-deploy", ""));
        assertEquals("PROMOTE", text(ended, "decision"));
        assertTrue(ended.path("settled").booleanValue());
        assertEquals(
                Release.State.PROMOTED, gate.release(text(ended, "release")).getState());
        assertEquals("PROMOTE", text(answer(question("cart", "post1", "post-deploy", "")), "decision"));
    }

    @Test
    void afterADeployAFailAndAPersonEndIt() {
        answer(question("cart", "post2", "canary-1", ""));
        gate.analysis.say("post2", Verdict.FAIL, 3);
        var aborted = answer(question("cart", "post2", "post-deploy", ""));
        assertEquals("ABORT", text(aborted, "decision"));
        assertTrue(aborted.path("settled").booleanValue());
        var open = answer(question("cart", "post3", "post-deploy", ""));
        assertEquals(List.of("NOT_ENOUGH_EVIDENCE"), reasons(open));
        gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(text(open, "release"))
                        .setReason("fine")
                        .build());
        assertEquals("PROMOTE", text(answer(question("cart", "post3", "post-deploy", "")), "decision"));
    }

    @Test
    void afterADeployAPromotionByThePolicyCountsOnceItsAnalysisHasEnded() {
        gate.analysis.say("trusted1", analysis -> analysis.setVerdict(Verdict.INCONCLUSIVE)
                .setWindowCount(4)
                .setState(Analysis.State.CONCLUDED));
        var ended = answer(question("trusting", "trusted1", "post-deploy", ""));
        assertEquals("PROMOTE", text(ended, "decision"));
        assertEquals(List.of("PROMOTED_WITHOUT_PROOF"), reasons(ended));
    }

    @Test
    void aDryRunAnswersPromoteRecordsTheTruthAndRollsNothingBack() {
        var dry = ",\"dryRun\":true";
        gate.analysis.say("dry1", Verdict.FAIL, 2);
        var answer = answer(question("dry", "dry1", "canary-1", dry));
        assertEquals("PROMOTE", text(answer, "decision"));
        assertEquals("ABORT", text(answer, "dryRunDecision"));
        assertEquals(List.of("DRY_RUN", "COMBINED_EVIDENCE"), reasons(answer));
        assertTrue(
                answer.path("dryRun").booleanValue() && answer.path("settled").booleanValue());
        var release = gate.release(text(answer, "release"));
        assertEquals(Release.State.ABORTED, release.getState());
        assertTrue(release.getDryRun());
        assertEquals("ABORT", release.getLatestDecision().getOutcome().name());
        assertTrue(gate.rollback.asked().stream()
                .noneMatch(order -> order.getRelease().equals(release.getName())));
        assertEquals("", release.getRollback());
        assertEquals("PROMOTE", text(answer("{\"service\":\"dry\",\"stage\":\"pre-deploy\"}"), "decision"));
        assertEquals(
                text(answer, "release"),
                text(answer(question("dry", "dry1", "canary-1", dry)), "release"),
                "asked again");
        var hold = answer(question("dry", "dry2", "canary-1", dry));
        assertEquals("HOLD", text(hold, "dryRunDecision"));
        assertFalse(hold.path("settled").booleanValue());
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(text(hold, "release"))
                        .setReason("by hand")
                        .build());
        assertEquals("", gate.release(text(hold, "release")).getRollback());
    }

    @Test
    void aDryRunOfAnUnknownServiceIsAnsweredPromoteToo() {
        var answer = answer(question("chekout", "c1", "canary-1", ",\"dryRun\":true"));
        assertEquals("PROMOTE", text(answer, "decision"));
        assertEquals("HOLD", text(answer, "dryRunDecision"));
        assertEquals(List.of("DRY_RUN", "UNKNOWN_SERVICE"), reasons(answer));
    }

    @Test
    void aDryRunOfAReleaseInEarnestIsRefused() {
        var release = text(answer(question("dry", "earnest1", "canary-1", "")), "release");
        assertFault(400, "dryRun", gate.ask(question("dry", "earnest1", "canary-1", ",\"dryRun\":true")));
        assertEquals(Release.State.OPEN, gate.release(release).getState());
    }

    @Test
    void aQuestionInEarnestBeginsANewRunOfWhatWasADryRun() {
        var dry = answer(question("both", "both1", "canary-1", ",\"dryRun\":true"));
        var earnest = answer(question("both", "both1", "canary-1", ""));
        assertNotEquals(text(dry, "release"), text(earnest, "release"));
        assertEquals(2, earnest.path("run").intValue());
        assertEquals(
                Release.State.SUPERSEDED, gate.release(text(dry, "release")).getState());
        assertFalse(gate.release(text(earnest, "release")).getDryRun());

        gate.analysis.say("both2", Verdict.FAIL, 2);
        var ended = answer(question("both", "both2", "canary-1", ",\"dryRun\":true"));
        var argo = GateUnderTest.json(gate.get("service=both&rollout=both2&canary=both2&stable=s1"));
        assertEquals("ABORT", text(argo, "decision"));
        assertNotEquals(text(ended, "release"), text(argo, "release"), "its ABORT was never acted on");
        Await.until("its rollback", LIMIT, () -> !gate.release(text(argo, "release"))
                .getRollback()
                .isEmpty());
    }

    @Test
    void aDryRunEndsNoReleaseInEarnest() {
        var rollout = "\"service\":\"search\",\"rollout\":\"shared\",\"stage\":\"canary-1\"";
        var earnest = answer("{" + rollout + ",\"canary\":\"e1\",\"stable\":\"s\"}");
        answer("{" + rollout + ",\"canary\":\"e2\",\"stable\":\"e1\",\"dryRun\":true}");
        gate.analysis.say("e1", Verdict.CONTINUE, 2);
        var next = answer("{" + rollout + ",\"canary\":\"e1\",\"stable\":\"s\"}");
        assertEquals(text(earnest, "release"), text(next, "release"));
        assertEquals(Release.State.OPEN, gate.release(text(earnest, "release")).getState());
        var third = answer("{" + rollout + ",\"canary\":\"e3\",\"stable\":\"e2\"}");
        assertEquals(List.of("NOT_ENOUGH_EVIDENCE"), reasons(third));
    }

    @Test
    void asyncIsAnswered202WithAnAddressThatAnswersOnEveryReplicaAndAfterARestart() {
        try (var own = GateUnderTest.ofCheckout();
                var other = own.another()) {
            var response = own.ask(question("checkout", "later1", "canary-2", ",\"async\":true"));
            var accepted = answer(202, response);
            assertEquals("HOLD", text(accepted, "decision"));
            var address = text(accepted, "address");
            assertEquals(address, response.headers().firstValue("Location").orElse("none"));
            own.restart();
            own.analysis.say("later1", Verdict.PASS, 2);
            for (var port : List.of(own.service().httpPort(), other.httpPort())) {
                var uri = URI.create("http://127.0.0.1:" + port + address + "?wait=30s");
                var fetched = answer(200, own.send(HttpRequest.newBuilder(uri)));
                assertEquals("PROMOTE", text(fetched, "decision"));
                assertEquals(text(accepted, "release"), text(fetched, "release"));
                assertEquals("canary-2", text(fetched, "stage"));
                assertEquals(text(accepted, "evaluation"), text(fetched, "evaluation"));
            }
        }
    }

    @Test
    void anEvaluationStaysWithItsReleaseWhenThatHasEnded() {
        var first = answer(question("search", "gone1", "canary-1", ""));
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(text(first, "release"))
                        .setReason("no")
                        .build());
        var fetched = fetch(first);
        assertEquals("ABORT", text(fetched, "decision"));
        assertTrue(fetched.path("settled").booleanValue());
    }

    @Test
    void anEvaluationThatIsNoneIs404() {
        var id = text(answer(question("checkout", "ids1", "canary-1", "")), "evaluation");
        for (var wrong :
                List.of("x", "nonsense", id.substring(1), id + "A", id.substring(0, id.length() - 1), "%20", "AA")) {
            assertFault(
                    404, "evaluation", gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate/evaluations/" + wrong))));
        }
        var address = gate.uri("/v1/gate/evaluations/" + id);
        assertFault(400, "wait", gate.send(HttpRequest.newBuilder(URI.create(address + "?wait=2h"))));
        assertFault(400, "wait", gate.send(HttpRequest.newBuilder(URI.create(address + "?wait=1s&wait=1s"))));
        assertFault(400, "waits", gate.send(HttpRequest.newBuilder(URI.create(address + "?waits=1s"))));
        assertFault(405, "method", gate.send(HttpRequest.newBuilder(address).DELETE()));
    }

    @Test
    void theLongestQuestionHasAnAddressToo() {
        var longest = "\uD83D\uDE80".repeat(253);
        var body = "{\"service\":\"" + longest + "\",\"namespace\":\"" + longest + "\",\"rollout\":\"" + longest
                + "\",\"revision\":\"" + longest + "\",\"canary\":\"" + longest.substring(2) + "\",\"stable\":\""
                + longest.substring(4) + "\",\"stage\":\"canary-99\"}";
        var fetched = fetch(answer(body));
        assertEquals(List.of("UNKNOWN_SERVICE"), reasons(fetched));
    }
}
