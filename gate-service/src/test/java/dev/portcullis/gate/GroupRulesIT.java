package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that look beyond the release that is asked about, and what needs no verdict, in a running gate. */
final class GroupRulesIT {
    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() {
        for (var service : List.of("pay-in", "pay-out")) {
            GateUnderTest.policy(folder, service, "  gate: {rules: [{concurrency: {services: ['pay-*']}}]}");
        }
        GateUnderTest.policy(folder, "shop", "  gate: {rules: [{dependency: {services: [ledger]}}]}");
        GateUnderTest.policy(folder, "ledger", "");
        GateUnderTest.policy(folder, "pages", "  gate: {skipAnalysis: [change=docs]}");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static JsonNode ask(String service, String canary, String stage, String more) {
        var response = gate.ask("{\"service\":\"" + service + "\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                + "\",\"stable\":\"s1\",\"stage\":\"" + stage + "\"" + more + "}");
        assertEquals(200, response.statusCode(), response.body());
        return GateUnderTest.json(response);
    }

    private static List<String> reasons(JsonNode answer) {
        return answer.path("reasons").valueStream().map(JsonNode::textValue).toList();
    }

    private static List<String> reasons(String service, String canary) {
        return reasons(ask(service, canary, "canary-1", ""));
    }

    @Test
    void ofTwoReleasesOfAGroupTheOneThatWasOpenedFirstGoesFirst() {
        gate.analysis.say("in1", Verdict.CONTINUE, 1);
        var first = ask("pay-in", "in1", "canary-1", "").path("release").textValue();
        gate.analysis.say("out1", Verdict.PASS, 3);
        Await.until("the second to be held", LIMIT, () -> reasons("pay-out", "out1")
                .equals(List.of("TOO_MANY_RELEASES", "CANARY_WITHIN_LIMITS")));
        assertTrue(ask("pay-out", "out1", "canary-1", "")
                .path("explanation")
                .textValue()
                .contains(first));
        assertEquals(List.of("TOO_MANY_RELEASES"), reasons(ask("pay-in", "", "pre-deploy", "")));
        gate.analysis.say("in1", Verdict.PASS, 3);
        assertEquals(List.of("CANARY_WITHIN_LIMITS"), reasons("pay-in", "in1"));
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(first)
                        .setReason("away with it")
                        .build());
        Await.until(
                "the second to go on", LIMIT, () -> reasons("pay-out", "out1").equals(List.of("CANARY_WITHIN_LIMITS")));
    }

    @Test
    void aDependencyThatBurnsItsBudgetHoldsUntilItHasRecovered() {
        gate.analysis.burns("ledger", 20);
        gate.analysis.say("d1", Verdict.PASS, 3);
        Await.until("the hold", LIMIT, () -> reasons("shop", "d1")
                .equals(List.of("DEPENDENCY_BURNS", "CANARY_WITHIN_LIMITS")));
        var told = ask("shop", "d1", "canary-1", "").path("explanation").textValue();
        assertTrue(
                told.contains(
                        "'ledger', which burns its error budget: that of SLO 'availability' burns 20 times as fast as is"
                                + " allowed over 1h (somebody is called above 14.4)"),
                told);
    }

    @Test
    void whatNeedsNoVerdictIsPromotedAtOnceAndAbortedByAFailAllTheSame() {
        gate.analysis.silence("t1", analysis -> analysis.setVerdict(Verdict.CONTINUE));
        var plain = ask("pages", "t0", "canary-1", ",\"labels\":\"change=feature\"");
        assertEquals("HOLD", plain.path("decision").textValue(), plain.toString());
        var answer = ask("pages", "t1", "canary-1", ",\"labels\":\"change=docs\"");
        assertEquals("PROMOTE", answer.path("decision").textValue(), answer.toString());
        assertEquals(List.of("ANALYSIS_SKIPPED", "NO_DATA"), reasons(answer));
        gate.analysis.say("t1", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(3)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        Await.until("the abort", LIMIT, () -> reasons("pages", "t1").equals(List.of("SLO_VIOLATED")));
    }
}
