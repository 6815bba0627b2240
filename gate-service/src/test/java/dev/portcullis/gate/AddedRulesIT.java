package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.ArmCounts;
import dev.portcullis.proto.analysis.v1.Counts;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AddedRule;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.RuleOutcome;
import dev.portcullis.proto.gate.v1.RuleOutcome.Effect;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that questions add to those of the ReleasePolicy, in a running gate: what they hold, and what is none. */
final class AddedRulesIT extends AddedRuleCalls {
    @Test
    void aRuleOfTheQuestionHoldsWhatThePolicyLetsGoAndAllOfItIsOnRecord() {
        passes("a1");
        var answer = ask("a1", rules(MONTH));

        assertEquals("HOLD", decision(answer), answer.toString());
        assertEquals("BAKE_UNFINISHED", reason(answer));
        var explanation = answer.path("explanation").textValue();
        assertTrue(
                explanation.startsWith("rule 'question/minimumBake' wants the canary to serve users for 30d"),
                explanation);
        var release = release(answer);
        assertEquals(
                List.of(AddedRule.newBuilder()
                        .setName("question/minimumBake")
                        .setText(MONTH)
                        .build()),
                release.getAddedRulesList());
        assertEquals(
                List.of("hold", "calendar", "question/minimumBake"),
                release.getLatestDecision().getRulesList().stream()
                        .map(RuleOutcome::getRule)
                        .toList());
        assertEquals(Effect.HELD, release.getLatestDecision().getRules(2).getEffect());
        var entry = Await.value("its entry", LIMIT, () -> entries(AuditAction.DECIDE, release.getName()).stream()
                .findFirst());
        assertTrue(
                entry.contains("\"rules\":[{\"name\":\"question/minimumBake\",\"text\":\"{\\\"minimumBake\\\""), entry);
    }

    @Test
    void aBakeIsOverThoughNobodyAsksAgain() {
        passes("b1");
        var name =
                release(ask("b1", rules("{\"minimumBake\":{\"for\":\"3s\"}}"))).getName();

        Await.until(
                "the promotion",
                LIMIT,
                () -> gate.release(name).getLatestDecision().getOutcome().name().equals("PROMOTE"));
    }

    @Test
    void anExpressionSeesTheEvidence() {
        passes("b2");
        var rule = rules(
                "{\"expression\":{\"promoteWhen\":\"analysis.windows >= 5\",\"message\":\"wait for five windows\"}}");
        var held = ask("b2", rule);
        assertEquals("RULE_HELD", reason(held));
        assertTrue(
                held.path("explanation")
                        .textValue()
                        .startsWith("rule 'question/expression' holds it: wait for five windows"),
                held.toString());

        gate.analysis.say("b2", Verdict.PASS, 5);

        assertEquals("PROMOTE", decision(ask("b2", "")));
    }

    @Test
    void aShareOfTheTrafficIsHeldAgainstWhatIsCounted() {
        var rule = rules("{\"trafficShare\":{\"expected\":0.1}}");
        share("b3", 1_000);
        assertEquals("TRAFFIC_SHARE_OFF", reason(ask("b3", rule)));

        share("b4", 9_000);

        assertEquals("PROMOTE", decision(ask("b4", rule)));
    }

    private void share(String canary, double stable) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.PASS)
                .setWindowCount(3)
                .clearObjectives()
                .addObjectives(FakeAnalysis.objective(0, 1_000, 0).toBuilder()
                        .setCounts(ArmCounts.newBuilder()
                                .setCanary(Counts.newBuilder().setTotal(1_000))
                                .setBaseline(Counts.newBuilder().setTotal(stable)))));
    }

    @Test
    void anApprovalIsWaitedFor() {
        passes("b5");
        var answer = ask("b5", rules("{\"approvals\":{\"notBy\":[\"author\"]}}"));
        assertEquals("APPROVAL_MISSING", reason(answer));

        gate.grpc()
                .approveRelease(ApproveReleaseRequest.newBuilder()
                        .setName(release(answer).getName())
                        .setReason("I looked")
                        .build());

        Await.until("the promotion", LIMIT, () -> decision(ask("b5", "")).equals("PROMOTE"));
    }

    @Test
    void oneOnTrialHoldsNothing() {
        passes("b6");
        var answer = ask("b6", rules("{\"minimumBake\":{\"for\":\"30d\",\"onTrial\":true}}"));

        assertEquals("PROMOTE", decision(answer));
        assertEquals(
                Effect.WOULD_HOLD,
                release(answer).getLatestDecision().getRules(2).getEffect());
    }

    @Test
    void thePolicysRuleOfThatNameStays() {
        passes("c1");
        var response = gate.ask(question("strict", "c1", rules("{\"minimumBake\":{\"for\":\"1s\"}}")));

        var answer = GateUnderTest.json(response);
        assertEquals("HOLD", decision(answer), answer.toString());
        assertTrue(answer.path("explanation").textValue().startsWith("rule 'minimumBake' wants"), answer.toString());
        assertEquals(
                List.of("hold", "calendar", "minimumBake", "question/minimumBake"),
                release(answer).getLatestDecision().getRulesList().stream()
                        .map(RuleOutcome::getRule)
                        .toList());
    }

    @Test
    void anAbortIsNobodysBusiness() {
        gate.analysis.say("d1", Verdict.FAIL, 3);

        assertEquals("ABORT", decision(ask("d1", rules(MONTH))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",\"rules\":null                                   | rules",
                ",\"rules\":{\"undecided\":\"promote-without-proof\"} | rules",
                ",\"rules\":\"[]\"                                 | rules",
                ",\"rules\":[{\"undecided\":\"promote-without-proof\"}] | rules[0].undecided",
                ",\"rules\":[{\"onFail\":{\"critical\":\"hold\"}}] | rules[0].onFail",
                ",\"rules\":[{\"skipAnalysis\":[\"a=b\"]}]         | rules[0].skipAnalysis",
                ",\"rules\":[{\"minimumBake\":{\"for\":\"-1h\"}}]  | rules[0].minimumBake.for",
                ",\"rules\":[{\"webhook\":{\"url\":\"http://127.0.0.1:1\"}}] | rules[0].webhook",
                ",\"rules\":[{\"errorBudget\":{}}]                 | rules[0].errorBudget",
                ",\"rules\":[],\"rules\":[]                        | body",
                ",\"undecided\":\"promote-without-proof\"          | undecided",
                ",\"skipAnalysis\":[]                              | skipAnalysis",
            })
    void whatIsNoRuleToAddIsRefusedAndNothingIsOpened(String more, String field) {
        var canary = "e" + Integer.toHexString(more.hashCode());
        passes(canary);

        var refusal = refused(question("checkout", canary, more));

        assertEquals(field, refusal.path("field").textValue(), refusal.toString());
        assertFalse(refusal.path("fault").textValue().contains("\n"), refusal.toString());
        assertTrue(gate.analysis.starts().stream()
                .noneMatch(start -> start.getCanary().equals(canary)));
        assertEquals(List.of("0"), gate.rows("select count(*) from gate.releases where canary = '" + canary + "'"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000})
    void deepAndHugeListsAreRefused(int depth) {
        var refusal = refused(question("checkout", "deep", ",\"rules\":" + "[".repeat(depth) + "]".repeat(depth)));
        assertTrue(List.of("rules", "body").contains(refusal.path("field").textValue()), refusal.toString());

        var huge = refused(question("checkout", "huge", rules("\"" + "x".repeat(depth * 10) + "\"")));
        assertTrue(huge.path("field").textValue().startsWith("rules"), huge.toString());
        assertTrue(huge.path("fault").textValue().length() <= 1_000, huge.toString());
    }

    @Test
    void aDeployThatIsToBeginIsNotHeldByThemAndTheyAreReadAllTheSame() {
        var deploy = "{\"service\":\"checkout\",\"stage\":\"pre-deploy\"%s}";
        assertEquals(
                "NOTHING_AGAINST_DEPLOY",
                reason(GateUnderTest.json(gate.ask(deploy.formatted(rules(MONTH + ",{\"approvals\":{}}"))))));
        assertEquals(
                "rules[0].webhook",
                refused(deploy.formatted(rules("{\"webhook\":{}}")))
                        .path("field")
                        .textValue());
    }

    @Test
    void programsAddThemAsYaml() {
        passes("i1");
        var request = EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setRollout("i1")
                .setCanary("i1")
                .setRules("- minimumBake: {for: 30d} # as the change says\n");

        var response = gate.grpc().evaluateGate(request.build());

        assertEquals("HOLD", response.getDecision().getOutcome().name());
        assertEquals(MONTH, response.getRelease().getAddedRules(0).getText());
        assertEquals("HOLD", decision(ask("i1", rules(MONTH))), "the same over HTTP");
        for (var wrong : List.of("undecided: promote-without-proof", "- webhook: {url: 'http://a'}", "- \u0000", "[")) {
            var refused = assertThrows(StatusRuntimeException.class, () -> gate.grpc()
                    .evaluateGate(request.clone().setRules(wrong).build()));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.toString());
            assertTrue(String.valueOf(refused.getMessage()).contains("rules"), refused.toString());
        }
    }
}
