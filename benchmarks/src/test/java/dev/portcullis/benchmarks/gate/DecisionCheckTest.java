package dev.portcullis.benchmarks.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.benchmarks.load.AnswerCheck.Finding;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecisionCheckTest {
    private final DecisionCheck decision = new DecisionCheck("services/checkout/releases/1");
    private final PromoteCheck promote = new PromoteCheck("services/checkout/releases/1");

    @Test
    void aDecisionThatRestsOnAMeasurementCounts() {
        assertEquals(
                new Finding(true, "HOLD [NOT_ENOUGH_EVIDENCE]"),
                decision.check(200, answer("HOLD", "NOT_ENOUGH_EVIDENCE", "1", "MEASURING")));
    }

    @Test
    void aHoldBecauseAPartCouldNotBeAskedIsAnErrorWithItsReason() {
        assertEquals(
                new Finding(false, "HOLD [ANALYSIS_UNAVAILABLE]"),
                decision.check(200, answer("HOLD", "ANALYSIS_UNAVAILABLE", "1", "MEASURING")));
        assertEquals(
                new Finding(false, "HOLD [ANSWER_TIMEOUT], of which nothing is on record"),
                decision.check(200, answer("HOLD", "ANSWER_TIMEOUT", "", "UNREACHABLE")));
    }

    @Test
    void whatIsNoAnswerOfTheGateIsAnError() {
        assertEquals(new Finding(false, "status 503"), decision.check(503, new byte[0]));
        assertEquals(new Finding(false, "no answer of the gate"), decision.check(200, bytes("<html>")));
        assertEquals(new Finding(false, "no answer of the gate"), promote.check(200, bytes("<html>")));
    }

    @Test
    void aWaitEndsWellWithThePromoteOfItsRelease() {
        var promoted = answer("PROMOTE", "PROMOTED_BY_PERSON", "1", "MEASURING");
        assertEquals(new Finding(true, "PROMOTE [\"PROMOTED_BY_PERSON\"], settled"), promote.check(200, promoted));
        assertEquals(false, new PromoteCheck("another").check(200, promoted).valid());
        var hold = answer("HOLD", "NOT_ENOUGH_EVIDENCE", "1", "MEASURING");
        assertEquals(new Finding(false, "HOLD [\"NOT_ENOUGH_EVIDENCE\"], not settled"), promote.check(200, hold));
    }

    private static byte[] answer(String decision, String reason, String id, String measuring) {
        return bytes("""
                {"decision": "%s", "reasons": ["%s"], "decisionId": "%s", "measuring": "%s", "settled": %s, "release": "services/checkout/releases/1"}""".formatted(decision, reason, id, measuring, decision.equals("PROMOTE")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
