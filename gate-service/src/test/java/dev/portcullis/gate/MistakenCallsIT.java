package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that name the wrong thing: none of them ends the watch over a canary that serves users. Every test has a service of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MistakenCallsIT {
    private static final List<String> SERVICES = List.of(
            "typo",
            "moves",
            "back",
            "lingers",
            "decided",
            "expires",
            "poisoned",
            "corrected",
            "contradicted",
            "swapped",
            "early",
            "refused",
            "rpc",
            "twice");

    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        SERVICES.forEach(service -> GateUnderTest.policy(folder, service, "  gate: {undecided: abort}"));
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    /** A canary's name is unlike those of other tests: the fake analysis-service tells them apart by it. */
    private static JsonNode ask(String service, String canary, String stable) {
        var response = gate.get("service=" + service + "&canary=" + service + "-" + canary + "&stable=" + stable);
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static void silence(String service, String canary) {
        gate.analysis.silence(service + "-" + canary, analysis -> {});
    }

    private static Release release(JsonNode answer) {
        return gate.release(answer.path("release").textValue());
    }

    private static String reasons(JsonNode answer) {
        return answer.path("reasons").toString();
    }

    private static void awaitState(Release.State state, JsonNode answer) {
        Await.until(state + " of " + answer.path("release"), LIMIT, () -> release(answer)
                .getState()
                .equals(state));
    }

    private static int releases(String service) {
        return gate.grpc()
                .listReleases(
                        ListReleasesRequest.newBuilder().setService(service).build())
                .getReleasesCount();
    }

    @Test
    void aTypoSupersedesNobodyAndTheRealCanaryStillGetsItsAbort() {
        var real = ask("typo", "c1", "s1");
        silence("typo", "cl");
        var typo = ask("typo", "cl", "s1");
        assertEquals("[\"NO_DATA\"]", reasons(typo));
        assertFalse(release(typo).hasFirstRequestTime());
        assertEquals(real.path("release"), ask("typo", "c1", "s1").path("release"));
        gate.analysis.say("typo-c1", Verdict.FAIL, 3);
        awaitState(Release.State.ABORTED, real);
        Await.until("its rollback", LIMIT, () -> !release(real).getRollback().isEmpty());
        assertEquals(Release.State.OPEN, release(typo).getState());
    }

    @Test
    void aNewCanaryTakesOverOnceItServesAndTheOlderAnalysisIsCancelled() {
        silence("moves", "c2");
        var older = ask("moves", "c1", "s1");
        var newer = ask("moves", "c2", "s1");
        assertEquals(Release.State.OPEN, release(older).getState());
        gate.analysis.say("moves-c2", Verdict.CONTINUE, 1);
        awaitState(Release.State.SUPERSEDED, older);
        assertEquals(Release.State.OPEN, release(newer).getState());
        var text = release(older).getLatestDecision().getExplanation();
        assertTrue(text.contains(newer.path("release").textValue()) && text.contains("ask again"), text);
        Await.until("the older analysis cancelled", LIMIT, () -> gate.analysis
                .cancelled()
                .contains(release(older).getAnalysis()));
    }

    @Test
    void aCanaryThatComesBackIsANewRunWithAnAnalysisOfItsOwnAndIsJudged() {
        var first = ask("back", "b1", "s1");
        var between = ask("back", "d1", "s1");
        awaitState(Release.State.SUPERSEDED, first);
        gate.analysis.leave("back-d1");
        var again = ask("back", "b1", "s1");
        assertNotEquals(first.path("release"), again.path("release"));
        assertEquals(2, again.path("run").intValue());
        assertEquals(2, release(again).getRun());
        assertNotEquals(release(first).getAnalysis(), release(again).getAnalysis());
        awaitState(Release.State.SUPERSEDED, between);
        gate.analysis.say("back-b1", Verdict.PASS, 4);
        assertEquals("PROMOTE", ask("back", "b1", "s1").path("decision").textValue());
        assertEquals(again.path("release"), ask("back", "b1", "s1").path("release"), "the run goes on");
    }

    @Test
    void aCallForAnOldCanaryDoesNotEndTheWatchOverTheOneThatServes() {
        var old = ask("lingers", "c1", "s1");
        var real = ask("lingers", "c2", "s1");
        awaitState(Release.State.SUPERSEDED, old);
        var late = ask("lingers", "c1", "s1");
        Await.until("the late call's canary seen to serve", LIMIT, () -> release(late)
                .hasFirstRequestTime());
        gate.analysis.say("lingers-c2", Verdict.CONTINUE, 2);
        assertEquals("[\"NOT_ENOUGH_EVIDENCE\"]", reasons(ask("lingers", "c2", "s1")));
        gate.analysis.say("lingers-c2", Verdict.FAIL, 3);
        awaitState(Release.State.ABORTED, real);
    }

    @Test
    void anAbortStaysUntilAnotherCanaryHasHadUsersInBetween() {
        ask("decided", "c1", "s1");
        gate.analysis.say("decided-c1", Verdict.FAIL, 2);
        var aborted = ask("decided", "c1", "s1");
        assertEquals("ABORT", aborted.path("decision").textValue());
        silence("decided", "typo");
        ask("decided", "typo", "s1");
        assertEquals(
                aborted.path("decisionId"), ask("decided", "c1", "s1").path("decisionId"), "a typo is nothing between");
        var between = ask("decided", "c2", "s1");
        assertTrue(release(between).hasFirstRequestTime());
        gate.analysis.leave("decided-c2");
        gate.analysis.say("decided-c1", Verdict.CONTINUE, 0);
        var again = ask("decided", "c1", "s1");
        assertNotEquals(aborted.path("release"), again.path("release"));
        assertEquals("HOLD", again.path("decision").textValue());
    }

    @Test
    void aReleaseWhoseCanaryNeverServesEndsAtItsDeadlineAndIsANewRunWhenAskedAgain() {
        silence("expires", "typo");
        var typo = ask("expires", "typo", "s1");
        gate.analysis.silence("expires-typo", analysis -> analysis.setState(Analysis.State.CONCLUDED)
                .setVerdict(Verdict.INCONCLUSIVE));
        awaitState(Release.State.EXPIRED, typo);
        var ended = release(typo);
        assertTrue(ended.hasEndTime());
        assertEquals("", ended.getRollback());
        assertTrue(ended.getLatestDecision().getExplanation().contains("spelt"), ended.toString());
        assertEquals(
                0,
                gate.rollback.asked().stream()
                        .filter(asked -> asked.getService().equals("expires"))
                        .count());
        gate.analysis.say("expires-typo", Verdict.CONTINUE, 0);
        assertEquals(2, ask("expires", "typo", "s1").path("run").intValue());
    }

    @Test
    void theRightCallAfterOneWithCanaryAsStableIsAnsweredAsIfThatHadNotBeen() {
        var response = gate.get("service=poisoned&canary=c1&stable=c1");
        assertEquals(400, response.statusCode(), response.body());
        assertEquals("stable", GateUnderTest.json(response).path("field").textValue());
        assertEquals(0, releases("poisoned"));
        var right = GateUnderTest.json(gate.get("service=poisoned&canary=c1&stable=s1"));
        assertEquals("[\"NOT_ENOUGH_EVIDENCE\"]", reasons(right));
        assertEquals(1, right.path("run").intValue());
    }

    @Test
    void anotherStableVersionBeginsAnewBeforeTheCanaryServes() {
        silence("corrected", "c1");
        var typo = ask("corrected", "c1", "sl");
        var right = ask("corrected", "c1", "s1");
        assertNotEquals(typo.path("release"), right.path("release"));
        assertEquals("s1", release(right).getStable());
        assertEquals(Release.State.SUPERSEDED, release(typo).getState());
        assertEquals(right.path("release"), ask("corrected", "c1", "s1").path("release"));
        Await.until("the first analysis cancelled", LIMIT, () -> gate.analysis
                .cancelled()
                .contains(release(typo).getAnalysis()));
    }

    @Test
    void anotherStableVersionOfACanaryThatServesIsRefusedWithBothValues() {
        var open = ask("contradicted", "c1", "s1");
        var response = gate.get("service=contradicted&canary=contradicted-c1&stable=s2");
        assertEquals(400, response.statusCode(), response.body());
        var body = GateUnderTest.json(response);
        assertEquals("stable", body.path("field").textValue());
        var fault = body.path("fault").textValue();
        assertTrue(fault.contains("'s1'") && fault.contains("'s2'") && fault.contains("revision"), fault);
        var silent = GateUnderTest.json(gate.get("service=contradicted&canary=contradicted-c1"));
        assertEquals(open.path("release"), silent.path("release"), "who names none contradicts nobody");
        assertEquals(1, releases("contradicted"));
    }

    @Test
    void canaryAndStableSwappedAreAHoldThatSaysSoAndNothingIsKept() {
        var real = ask("swapped", "c1", "swapped-s1");
        var swapped = ask("swapped", "s1", "swapped-c1");
        assertEquals("[\"CANARY_IS_STABLE\"]", reasons(swapped));
        assertEquals("HOLD", swapped.path("decision").textValue());
        assertEquals("", swapped.path("release").textValue());
        assertEquals(0, swapped.path("run").intValue());
        assertEquals(1, releases("swapped"));
        gate.analysis.say("swapped-c1", Verdict.PASS, 2);
        assertEquals(
                "PROMOTE", ask("swapped", "c1", "swapped-s1").path("decision").textValue());
        var after = ask("swapped", "s1", "swapped-c1");
        assertFalse(after.path("release").textValue().isEmpty(), "once promoted, it is the stable version");
        awaitState(Release.State.SUPERSEDED, real);
    }

    @Test
    void swappedBeforeTheCanaryServesTheyTakeOverFromNobody() {
        silence("early", "c1");
        var real = ask("early", "c1", "early-s1");
        var swapped = ask("early", "s1", "early-c1");
        assertEquals("[\"CANARY_IS_STABLE\"]", reasons(swapped));
        assertEquals(1, releases("early"));
        gate.analysis.say("early-c1", Verdict.FAIL, 2);
        assertEquals("ABORT", ask("early", "c1", "early-s1").path("decision").textValue());
        awaitState(Release.State.ABORTED, real);
    }

    @Test
    void aRefusalOfAnalysisServiceIsToldAsOneAndLeavesNothingBehind() {
        gate.analysis.refuse("refused-c1");
        var answer = ask("refused", "c1", "s1");
        assertEquals("[\"ANALYSIS_REFUSED\"]", reasons(answer));
        assertFalse(answer.path("explanation").textValue().contains("could not be asked"), answer.toString());
        assertTrue(answer.path("explanation").textValue().contains("is refused by the test"), answer.toString());
        assertEquals(0, releases("refused"));
    }

    @Test
    void aReleaseThatWaitedForAnalysisServiceEndsWhenItIsRefused(@TempDir Path own) {
        GateUnderTest.policy(own, "checkout", "");
        try (var other = new GateUnderTest(own)) {
            other.analysisServer.stop();
            var waiting = other.poll("c1");
            assertEquals("[\"ANALYSIS_UNAVAILABLE\"]", reasons(waiting));
            other.analysis.refuse("c1");
            other.analysisServer.comeBack();
            var name = waiting.path("release").textValue();
            Await.until("its end", LIMIT, () -> other.release(name).getState() == Release.State.EXPIRED);
            var reasons = other.release(name).getLatestDecision().getReasonsList();
            assertEquals(List.of(DecisionReason.ANALYSIS_REFUSED), reasons);
        }
    }

    @Test
    void whatAGateThatDiedLeftOpenIsSupersededByTheNextThatLooksAndToldWithWhatToDo(@TempDir Path own) {
        GateUnderTest.policy(own, "checkout", "");
        try (var other = new GateUnderTest(own)) {
            other.neverReview();
            var older = other.poll("c1").path("release").textValue();
            var newer = other.poll("c2").path("release").textValue();
            assertTrue(other.release(newer).hasFirstRequestTime());
            assertEquals(Release.State.OPEN, other.release(older).getState(), "between the two writes");
            other.restart();
            var answer = other.poll("c1");
            assertEquals(older, answer.path("release").textValue());
            assertEquals("[\"RELEASE_SUPERSEDED\"]", reasons(answer));
            assertTrue(answer.path("explanation").textValue().contains(newer), answer.toString());
            var analysis = other.release(older).getAnalysis();
            Await.until("its analysis cancelled", LIMIT, () -> other.analysis
                    .cancelled()
                    .contains(analysis));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "service, 'service= &canary=c'",
        "service, 'service={{args.service}}&canary=c'",
        "namespace, 'service=rpc&canary=c&namespace={{args.namespace}}'",
        "rollout, 'service=rpc&canary=c&rollout=a '",
        "canary, 'service=rpc&canary={{args.canary}}'",
        "canary, 'service=rpc&canary=${CANARY}'",
        "canary, 'service=rpc&canary=$(params.canary)'",
        "stable, 'service=rpc&canary=c&stable= '",
        "stable, 'service=rpc&canary=c&stable=c'",
        "stable, 'service=rpc&canary=c&stable={{args.stable}}'",
        "revision, 'service=rpc&canary=c&revision={{args.revision}}'",
        "revision, 'service=rpc&canary=c&revision=7 '",
        "step, 'service=rpc&canary=c&step={{args.step}}'"
    })
    void whatContradictsItselfIsRefusedByFieldAtBothDoorsBeforeAnythingIsKept(String field, String question) {
        var encoded = question.replace(" ", "%20")
                .replace("{", "%7B")
                .replace("}", "%7D")
                .replace("$", "%24");
        var response = gate.get(encoded);
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(field, GateUnderTest.json(response).path("field").textValue(), response.body());
        var error = assertThrows(StatusRuntimeException.class, () -> gate.grpc().evaluateGate(request(question)));
        assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode());
        assertEquals("INVALID_FIELD", RpcErrors.reason(error).orElse(""));
        assertTrue(error.getStatus().getDescription().startsWith(field + ": "), error.getMessage());
        assertEquals(0, releases("rpc"));
    }

    private static EvaluateGateRequest request(String question) {
        var request = EvaluateGateRequest.newBuilder();
        for (var pair : question.split("&", -1)) {
            var name = pair.substring(0, pair.indexOf('='));
            request.setField(
                    EvaluateGateRequest.getDescriptor().findFieldByName(name), pair.substring(pair.indexOf('=') + 1));
        }
        return request.build();
    }

    @Test
    void ofTwoReplicasOneOpensTheNewRunAndAnAbortByHandEndsOnlyThat() {
        var first = ask("twice", "c1", "s1");
        var between = ask("twice", "c2", "s1");
        awaitState(Release.State.SUPERSEDED, first);
        gate.analysis.leave("twice-c2");
        try (var second = gate.another()) {
            assertTrue(second.httpPort() > 0);
            var again = ask("twice", "c1", "s1");
            awaitState(Release.State.SUPERSEDED, between);
            gate.grpc()
                    .abortRelease(AbortReleaseRequest.newBuilder()
                            .setName(again.path("release").textValue())
                            .setReason("customers complain")
                            .build());
            assertEquals("ABORT", ask("twice", "c1", "s1").path("decision").textValue());
            assertEquals(Release.State.SUPERSEDED, release(first).getState());
            assertEquals(3, releases("twice"));
        }
    }
}
