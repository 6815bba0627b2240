package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.DecisionReason;
import dev.portcullis.proto.gate.v1.Outcome;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotion windows of the configuration folder, in a running gate. */
final class PromotionFreezeIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() throws IOException {
        for (var service : List.of("frozen", "thawed", "closed", "free", "soon")) {
            GateUnderTest.policy(folder, service, "");
        }
        window("frozen", "Deny", "2020-01-01T00:00", "2095-01-01T00:00", "");
        window("thawed", "Deny", "2020-01-01T00:00", "2095-01-01T00:00", "");
        window("closed", "Allow", "2095-01-01T00:00", "2096-01-01T00:00", "");
        window("soon", "Deny", "2020-01-01T00:00", "2020-01-01T01:00", "  leadTime: 2d\n  rrule: FREQ=DAILY\n");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static void window(String service, String kind, String start, String end, String more) throws IOException {
        Files.writeString(
                folder.resolve("window-" + service + ".yaml"), """
                apiVersion: portcullis.dev/v1
                kind: PromotionWindow
                metadata: {name: window-of-%s}
                spec:
                  kind: %s
                  services: [%s]
                  reason: the books are closed
                  tzid: UTC
                  dtstart: %s
                  dtend: %s
                %s""".formatted(service, kind, service, start, end, more));
    }

    private static JsonNode ask(String service, String canary, String stage) {
        var response = gate.ask("{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                + "\",\"stable\":\"s1\",\"stage\":\"" + stage + "\"}");
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static void assertAnswer(String outcome, List<String> reasons, JsonNode answer) {
        assertEquals(outcome, answer.path("decision").textValue(), answer.toString());
        assertEquals(
                reasons,
                answer.path("reasons").valueStream().map(JsonNode::textValue).toList(),
                answer.toString());
    }

    @Test
    void aFreezeHoldsAPromotionAndSaysWhyUntilWhenAndWhatWouldBeOtherwise() {
        gate.analysis.say("f1", Verdict.PASS, 3);
        var answer = ask("frozen", "f1", "canary-1");
        assertAnswer("HOLD", List.of("PROMOTION_FROZEN", "CANARY_WITHIN_LIMITS"), answer);
        var explanation = answer.path("explanation").textValue();
        assertTrue(explanation.contains("'window-of-frozen'"), explanation);
        assertTrue(explanation.contains("the books are closed"), explanation);
        assertTrue(explanation.contains("2095-01-01T00:00:00Z"), explanation);
        assertTrue(explanation.contains("the canary is within its limits"), explanation);
        var release = gate.release(answer.path("release").textValue());
        assertEquals(Release.State.OPEN, release.getState());
        assertEquals(Outcome.HOLD, release.getLatestDecision().getOutcome(), "what is recorded is what is answered");
    }

    @Test
    void aFreezeKeepsNobodyFromAnAbort() {
        gate.analysis.say("f2", Verdict.FAIL, 3);
        assertEquals("ABORT", ask("frozen", "f2", "canary-1").path("decision").textValue());
    }

    @Test
    void aReleaseThatPassedForGoodStaysOpenInAFreezeAndIsPromotedAfterIt() throws IOException {
        gate.analysis.say(
                "t1",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
        var held = ask("thawed", "t1", "canary-1");
        assertAnswer("HOLD", List.of("PROMOTION_FROZEN", "CANARY_WITHIN_LIMITS"), held);
        Files.delete(folder.resolve("window-thawed.yaml"));
        Await.until("the promotion after the freeze", LIMIT, () -> ask("thawed", "t1", "canary-1")
                .path("decision")
                .textValue()
                .equals("PROMOTE"));
        assertEquals(
                Release.State.PROMOTED,
                gate.release(held.path("release").textValue()).getState());
    }

    @Test
    void outsideOfItsReleaseHoursAServiceIsHeldUntilTheNext() {
        gate.analysis.say("c1", Verdict.PASS, 3);
        var answer = ask("closed", "c1", "canary-1");
        assertAnswer("HOLD", List.of("PROMOTION_FROZEN", "CANARY_WITHIN_LIMITS"), answer);
        assertTrue(answer.path("explanation").textValue().contains("2095-01-01T00:00:00Z"), answer.toString());
    }

    @Test
    void beforeADeployAFreezeHoldsAndSoDoesItsLeadTime() {
        assertAnswer("HOLD", List.of("PROMOTION_FROZEN"), ask("frozen", "d1", "pre-deploy"));
        assertAnswer("HOLD", List.of("PROMOTION_FROZEN"), ask("soon", "d1", "pre-deploy"));
        assertAnswer("PROMOTE", List.of("NOTHING_AGAINST_DEPLOY"), ask("free", "d1", "pre-deploy"));
    }

    @Test
    void afterADeployUsersHaveTheCanaryAndAFreezeHasNoSay() {
        gate.analysis.say(
                "p1",
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
        assertAnswer("PROMOTE", List.of("CANARY_WITHIN_LIMITS"), ask("frozen", "p1", "post-deploy"));
    }

    @Test
    void aPersonMayPromoteAllTheSameAndThatIsOnRecord() {
        var name = ask("frozen", "b1", "canary-1").path("release").textValue();
        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("the fix of an incident")
                        .build());
        assertEquals(
                List.of(DecisionReason.PROMOTED_BY_PERSON, DecisionReason.PROMOTION_FROZEN),
                promoted.getLatestDecision().getReasonsList());
    }
}
