package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.ErrorReason;
import dev.portcullis.proto.gate.v1.HoldPromotionsRequest;
import dev.portcullis.proto.gate.v1.HoldReleaseRequest;
import dev.portcullis.proto.gate.v1.ListHoldsRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.PromotionHold;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc.PromotionHoldServiceBlockingStub;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.gate.v1.ResumePromotionsRequest;
import dev.portcullis.proto.gate.v1.RuleOutcome;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people hold, in a running gate. Each test has services of its own. */
final class PromotionHoldIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        for (var service :
                List.of("open", "failing", "exempt", "one", "fast", "deploys", "override", "wrong", "twice")) {
            GateUnderTest.policy(folder, service, "");
        }
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static PromotionHoldServiceBlockingStub holds() {
        return PromotionHoldServiceGrpc.newBlockingStub(gate.channel());
    }

    private static HoldPromotionsRequest.Builder stopping(String service) {
        return HoldPromotionsRequest.newBuilder()
                .addServices(service)
                .setReason("an incident")
                .setExpireTime(in(3_600));
    }

    private static Timestamp in(long seconds) {
        return Timestamp.newBuilder()
                .setSeconds(Instant.now().getEpochSecond() + seconds)
                .build();
    }

    private static void resume(PromotionHold hold) {
        holds().resumePromotions(ResumePromotionsRequest.newBuilder()
                .setName(hold.getName())
                .setReason("fixed")
                .build());
    }

    private static JsonNode ask(String service, String canary, String more) {
        var response = gate.ask("{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                + "\",\"stable\":\"s1\"" + more + "}");
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static JsonNode ask(String service, String canary) {
        return ask(service, canary, ",\"stage\":\"canary-1\"");
    }

    private static void assertAnswer(String outcome, List<String> reasons, JsonNode answer) {
        assertEquals(outcome, answer.path("decision").textValue(), answer.toString());
        assertEquals(
                reasons,
                answer.path("reasons").valueStream().map(JsonNode::textValue).toList(),
                answer.toString());
    }

    @Test
    void aStopHoldsWhatWasPromotedUntilItIsEndedAndThenItIsPromotedWithoutAQuestion() {
        gate.analysis.say("c1", Verdict.PASS, 3);
        assertAnswer("PROMOTE", List.of("CANARY_WITHIN_LIMITS"), ask("open", "c1"));
        var hold = holds().holdPromotions(stopping("ope*").build());
        var held = ask("open", "c1");
        assertAnswer("HOLD", List.of("PROMOTION_STOPPED", "CANARY_WITHIN_LIMITS"), held);
        var explanation = held.path("explanation").textValue();
        assertTrue(explanation.contains("'local' has stopped the promotions of 'open' until 20"), explanation);
        assertTrue(explanation.contains(hold.getName() + "): an incident"), explanation);
        gate.analysis.say(
                "c1",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
        assertAnswer("HOLD", List.of("PROMOTION_STOPPED", "CANARY_WITHIN_LIMITS"), ask("open", "c1"));
        resume(hold);
        var name = held.path("release").textValue();
        Await.until("the promotion", LIMIT, () -> gate.release(name).getState() == Release.State.PROMOTED);
    }

    @Test
    void aStopKeepsNobodyFromAnAbort() {
        holds().holdPromotions(stopping("failing").build());
        gate.analysis.say("f1", Verdict.FAIL, 3);
        assertEquals("ABORT", ask("failing", "f1").path("decision").textValue());
    }

    @Test
    void aReleaseWithAnExemptLabelIsPromotedAndThatIsOnRecord() {
        var hold = holds().holdPromotions(
                        stopping("exempt").addExceptions("change=security").build());
        gate.analysis.say("e1", Verdict.PASS, 3);
        gate.analysis.say("e2", Verdict.PASS, 3);
        var passed = ask("exempt", "e1", ",\"stage\":\"canary-1\",\"labels\":\"change=security\"");
        assertAnswer("PROMOTE", List.of("CANARY_WITHIN_LIMITS"), passed);
        assertEquals(
                RuleOutcome.newBuilder()
                        .setRule("hold")
                        .setEffect(RuleOutcome.Effect.PASSED)
                        .setDetail(hold.getName() + " does not hold it, since it has the label change=security")
                        .build(),
                gate.release(passed.path("release").textValue())
                        .getLatestDecision()
                        .getRules(0));
        var other = ask("exempt", "e2", ",\"stage\":\"canary-1\",\"labels\":\"change=feature\"");
        assertEquals("HOLD", other.path("decision").textValue(), other.toString());
    }

    @Test
    void oneReleaseIsHeldAndNoOther() {
        gate.analysis.say("o1", Verdict.CONTINUE, 1);
        var name = ask("one", "o1").path("release").textValue();
        var hold = holds().holdRelease(HoldReleaseRequest.newBuilder()
                .setName(name)
                .setReason("I look at it first")
                .build());
        assertEquals(name, hold.getRelease());
        gate.analysis.say("o1", Verdict.PASS, 3);
        gate.analysis.say("o2", Verdict.PASS, 3);
        assertAnswer("HOLD", List.of("RELEASE_HELD", "CANARY_WITHIN_LIMITS"), ask("one", "o1"));
        assertAnswer("PROMOTE", List.of("CANARY_WITHIN_LIMITS"), ask("one", "o2"));
        assertAnswer("PROMOTE", List.of("NOTHING_AGAINST_DEPLOY"), ask("one", "o3", ",\"stage\":\"pre-deploy\""));
        assertEquals(
                List.of(hold.getName()),
                holds()
                        .listHolds(
                                ListHoldsRequest.newBuilder().setService("one").build())
                        .getHoldsList()
                        .stream()
                        .map(PromotionHold::getName)
                        .toList());
        resume(hold);
        assertAnswer("PROMOTE", List.of("CANARY_WITHIN_LIMITS"), ask("one", "o1"));
    }

    @Test
    void anAnswerTellsOfThoseWhoHoldNow() {
        gate.analysis.say("t1", Verdict.PASS, 3);
        var first = holds().holdPromotions(stopping("twice").build());
        assertTrue(ask("twice", "t1").path("explanation").textValue().contains(first.getName()));
        var second =
                holds().holdPromotions(stopping("twice").setReason("another").build());
        var both = ask("twice", "t1").path("explanation").textValue();
        assertTrue(both.contains(first.getName()) && both.contains(second.getName() + "): another"), both);
        resume(first);
        var left = ask("twice", "t1").path("explanation").textValue();
        assertTrue(!left.contains(first.getName()) && left.contains(second.getName()), left);
    }

    @Test
    void aStopHoldsDeploys() {
        holds().holdPromotions(
                        stopping("deploys").addExceptions("change=security").build());
        assertAnswer("HOLD", List.of("PROMOTION_STOPPED"), ask("deploys", "d1", ",\"stage\":\"pre-deploy\""));
        assertAnswer(
                "PROMOTE",
                List.of("NOTHING_AGAINST_DEPLOY"),
                ask("deploys", "d1", ",\"stage\":\"pre-deploy\",\"labels\":\"change=security\""));
    }

    /** Whoever waits for an answer hears of the end of a stop, and another replica of its beginning. */
    @Test
    void anotherReplicaHoldsWithinTheStatedTimeAndWhoWaitsIsWoken() {
        gate.analysis.say("w1", Verdict.PASS, 3);
        var hold = holds().holdPromotions(stopping("fast").build());
        try (var other = gate.another()) {
            var question =
                    "{\"service\":\"fast\",\"rollout\":\"w1\",\"canary\":\"w1\",\"stable\":\"s1\",\"stage\":\"canary-1\"";
            var uri = java.net.URI.create("http://127.0.0.1:" + other.httpPort() + "/v1/gate");
            var asked = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(question + "}"));
            Await.until("the hold at another replica", LIMIT, () -> GateUnderTest.json(gate.send(asked.copy()))
                    .path("reasons")
                    .path(0)
                    .textValue()
                    .equals("PROMOTION_STOPPED"));
            var waiting = gate.sending(HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(question + ",\"wait\":\"60s\"}")));
            resume(hold);
            assertEquals(
                    "PROMOTE",
                    GateUnderTest.json(waiting.join()).path("decision").textValue());
        }
    }

    @Test
    void aPersonMayPromoteAllTheSameAndThatIsMarkedForEver() {
        gate.analysis.say("p1", Verdict.CONTINUE, 1);
        var name = ask("override", "p1").path("release").textValue();
        holds().holdPromotions(stopping("override").build());
        holds().holdRelease(HoldReleaseRequest.newBuilder()
                .setName(name)
                .setReason("I look at it first")
                .build());
        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("the fix of the incident")
                        .build());
        var decision = promoted.getLatestDecision();
        assertEquals(
                List.of(
                        DecisionReason.PROMOTED_BY_PERSON,
                        DecisionReason.PROMOTION_STOPPED,
                        DecisionReason.RELEASE_HELD),
                decision.getReasonsList());
        assertTrue(decision.getRules(0).getDetail().contains("'local' has stopped"), decision.toString());
    }

    private static void assertRefused(Status.Code code, ErrorReason reason, Runnable call) {
        var error = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(code, error.getStatus().getCode(), error.toString());
        assertTrue(RpcErrors.hasReason(error, reason), error.toString());
    }

    @Test
    void whatCannotBeHeldOrEndedIsRefusedByItsField() {
        var hold = holds().holdPromotions(stopping("wrong").build());
        resume(hold);
        assertRefused(Status.Code.FAILED_PRECONDITION, ErrorReason.HOLD_ENDED, () -> resume(hold));
        assertRefused(
                Status.Code.NOT_FOUND,
                ErrorReason.HOLD_NOT_FOUND,
                () -> resume(PromotionHold.newBuilder()
                        .setName("holds/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11")
                        .build()));
        for (var request : List.of(
                stopping("wrong").clearServices(),
                stopping("wrong").clearExpireTime(),
                stopping("wrong").setExpireTime(in(31 * 86_400)),
                stopping("wrong").setExpireTime(in(-10)),
                stopping("wrong").clearReason(),
                stopping("wrong").addExceptions("security"))) {
            assertRefused(Status.Code.INVALID_ARGUMENT, ErrorReason.INVALID_FIELD, () -> holds().holdPromotions(
                            request.build()));
        }
        assertRefused(Status.Code.NOT_FOUND, ErrorReason.RELEASE_NOT_FOUND, () -> holds().holdRelease(
                        HoldReleaseRequest.newBuilder()
                                .setName("services/wrong/releases/8d2f0c4e-6a51-4d0e-9c43-0f2b8a7e5d11")
                                .setReason("why")
                                .build()));
    }
}
