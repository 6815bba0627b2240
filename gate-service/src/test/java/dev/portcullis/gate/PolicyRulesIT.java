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
import dev.portcullis.proto.gate.v1.RuleOutcome;
import dev.portcullis.proto.gate.v1.RuleOutcome.Effect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that ReleasePolicies list, in a running gate. */
final class PolicyRulesIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        policy("slow", "minimumBake: {for: 30d}");
        policy("soon", "minimumBake: {for: 3s}");
        policy("tried", "minimumBake: {for: 30d, onTrial: true}");
        policy("poor", "errorBudget: {exceptions: [change=security]}");
        policy("unread", "errorBudget: {}");
        policy("worded", "expression: {promoteWhen: analysis.windows >= 5, message: wait for five windows}");
        policy("changed", "minimumBake: {for: 30d}");
        gate = new GateUnderTest(folder);
        gate.analysis.budget("poor", 0.1);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static void policy(String service, String rule) {
        GateUnderTest.policy(folder, service, "  gate:\n    rules:\n      - " + rule);
    }

    private static JsonNode ask(String service, String canary) {
        return gate.poll(service, canary, "s1");
    }

    private static void passes(String canary) {
        gate.analysis.say(canary, Verdict.PASS, 3);
    }

    private static void hasPassed(String canary) {
        gate.analysis.say(
                canary,
                analysis -> analysis.setVerdict(Verdict.PASS).setWindowCount(4).setState(Analysis.State.CONCLUDED));
    }

    private static List<String> reasons(JsonNode answer) {
        return answer.path("reasons").valueStream().map(JsonNode::textValue).toList();
    }

    private static List<Effect> effects(Release release) {
        return release.getLatestDecision().getRulesList().stream()
                .map(RuleOutcome::getEffect)
                .toList();
    }

    @Test
    void aRuleOfThePolicyHoldsThePromotionAndWhatItSaidIsOnRecord() {
        passes("a1");
        var answer = ask("slow", "a1");

        assertEquals("HOLD", answer.path("decision").textValue(), answer.toString());
        var release = gate.release(answer.path("release").textValue());
        assertEquals(
                List.of(DecisionReason.BAKE_UNFINISHED, DecisionReason.CANARY_WITHIN_LIMITS),
                release.getLatestDecision().getReasonsList());
        assertEquals(List.of(Effect.PASSED, Effect.PASSED, Effect.HELD), effects(release));
        assertEquals("minimumBake", release.getLatestDecision().getRules(2).getRule());
        var explanation = answer.path("explanation").textValue();
        assertTrue(explanation.contains("wants the canary to serve users for 30d"), explanation);
    }

    @Test
    void aReleaseThatIsHeldForTimeAloneIsPromotedWhenItIsOverThoughNobodyAsks() {
        passes("b1");
        var name = ask("soon", "b1").path("release").textValue();

        assertEquals(Outcome.HOLD, gate.release(name).getLatestDecision().getOutcome());
        Await.until(
                "the promotion",
                LIMIT,
                () -> gate.release(name).getLatestDecision().getOutcome() == Outcome.PROMOTE);
    }

    @Test
    void soIsOneWhoseAnalysisHasEndedWithAPass() {
        hasPassed("b2");
        var name = ask("soon", "b2").path("release").textValue();

        assertEquals(Release.State.OPEN, gate.release(name).getState());
        Await.until("the promotion", LIMIT, () -> gate.release(name).getState() == Release.State.PROMOTED);
    }

    @Test
    void aRuleOnTrialHoldsNothingAndWhatItWouldHaveDoneIsOnRecord() {
        passes("c1");
        var answer = ask("tried", "c1");

        assertEquals("PROMOTE", answer.path("decision").textValue(), answer.toString());
        assertEquals(
                List.of(Effect.PASSED, Effect.PASSED, Effect.WOULD_HOLD),
                effects(gate.release(answer.path("release").textValue())));
    }

    @Test
    void anExpressionSeesWhatTheAnswerRestsOn() {
        passes("g1");
        var held = ask("worded", "g1");
        assertEquals(List.of("RULE_HELD", "CANARY_WITHIN_LIMITS"), reasons(held));
        assertTrue(held.path("explanation").textValue().contains("wait for five windows"), held.toString());

        gate.analysis.say("g1", Verdict.PASS, 5);

        assertEquals("PROMOTE", ask("worded", "g1").path("decision").textValue());
    }

    @Test
    void aSpentBudgetHoldsUntilMoreIsLeftAndWhatIsNotKnownHoldsToo() {
        passes("h1");
        passes("h2");
        Await.until(
                "the budget", LIMIT, () -> reasons(ask("poor", "h1")).getFirst().equals("BUDGET_LOW"));
        assertEquals("BUDGET_UNKNOWN", reasons(ask("unread", "h2")).getFirst());
    }

    @Test
    void aLabelThatIsAnExceptionPassesAndThatIsOnRecord() {
        passes("i1");
        Await.until(
                "the budget", LIMIT, () -> reasons(ask("poor", "i1")).getFirst().equals("BUDGET_LOW"));
        passes("i2");

        var answer = GateUnderTest.json(
                gate.ask(
                        "{\"service\":\"poor\",\"rollout\":\"i2\",\"canary\":\"i2\",\"stable\":\"s1\",\"stage\":\"canary-1\",\"labels\":\"change=security\"}"));

        assertEquals("PROMOTE", answer.path("decision").textValue(), answer.toString());
        var rule = gate.release(answer.path("release").textValue())
                .getLatestDecision()
                .getRulesList()
                .getLast();
        assertEquals(Effect.PASSED, rule.getEffect());
        assertTrue(rule.getDetail().startsWith("its label change=security is an exception"), rule.getDetail());
    }

    @Test
    void aRuleKeepsNobodyFromAnAbort() {
        gate.analysis.say("d1", Verdict.FAIL, 3);

        assertEquals("ABORT", ask("slow", "d1").path("decision").textValue());
    }

    @Test
    void aChangedPolicyIsObeyedByWhatIsOpen() {
        passes("e1");
        assertEquals("HOLD", ask("changed", "e1").path("decision").textValue());

        policy("changed", "minimumBake: {for: 1s}");

        Await.until(
                "the new policy",
                LIMIT,
                () -> ask("changed", "e1").path("decision").textValue().equals("PROMOTE"));
    }

    @Test
    void aPersonsPromotionHasTheReasonsOfTheRulesForEver() {
        passes("f1");
        var name = ask("slow", "f1").path("release").textValue();

        var promoted = gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(name)
                        .setReason("the fix of an incident")
                        .build());

        assertEquals(
                List.of(DecisionReason.PROMOTED_BY_PERSON, DecisionReason.BAKE_UNFINISHED),
                promoted.getLatestDecision().getReasonsList());
    }
}
