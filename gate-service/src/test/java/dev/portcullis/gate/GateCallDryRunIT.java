package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.Release;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dry runs over {@code /v1/gate}. */
final class GateCallDryRunIT extends GateCalls {
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
}
