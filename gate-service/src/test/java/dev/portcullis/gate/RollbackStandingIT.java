package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rollback that does not bring users back is told wherever somebody looks at its release. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RollbackStandingIT {
    private static final String SAID = "webhook checkout answers 500 since 12 minutes; give the traffic back by hand";

    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    private String aborted() {
        gate.poll("c1");
        gate.analysis.say("c1", analysis -> analysis.setVerdict(Verdict.FAIL)
                .setWindowCount(2)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated()));
        var answer = gate.poll("c1");
        assertEquals("ABORT", answer.path("decision").textValue(), answer.toString());
        // Whoever decides, this question or the review, the rollback is begun after that.
        Await.until("what became of the order", GateUnderTest.LIMIT, () -> {
            var later = gate.poll("c1");
            return !(later.path("rollback").textValue()
                            + later.path("rollbackDetail").textValue())
                    .isEmpty();
        });
        return answer.path("release").textValue();
    }

    @Test
    void aRollbackThatNeedsAPersonIsToldInTheAnswerAndInTheRelease() {
        var name = aborted();
        var running = gate.poll("c1");
        assertEquals("RUNNING", running.path("rollbackState").textValue(), running.toString());
        assertEquals("", running.path("rollbackDetail").textValue());
        assertEquals("RUNNING", gate.release(name).getRollbackState());

        gate.rollback.stands(Rollback.State.NEEDS_HUMAN, SAID);
        var answer = Await.value(
                "an answer with the state it has now", GateUnderTest.LIMIT, () -> Optional.of(gate.poll("c1"))
                        .filter(one -> one.path("rollbackState").textValue().equals("NEEDS_HUMAN")));
        assertEquals("ABORT", answer.path("decision").textValue());
        assertTrue(answer.path("rollback").textValue().startsWith("rollbacks/"), answer.toString());
        assertTrue(answer.path("rollbackDetail").textValue().contains(SAID), answer.toString());
        assertTrue(answer.path("explanation").textValue().endsWith("a person has to look: " + SAID), answer.toString());

        var release = gate.release(name);
        assertEquals("NEEDS_HUMAN", release.getRollbackState());
        assertTrue(release.getRollbackDetail().contains(SAID), release.getRollbackDetail());
        var evaluated = gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("checkout")
                        .setNamespace("shop")
                        .setRollout("checkout")
                        .setCanary("c1")
                        .setRevision("7")
                        .build())
                .getRelease();
        assertEquals("NEEDS_HUMAN", evaluated.getRollbackState());
    }

    @Test
    void aRollbackWhoseStateCannotBeToldKeepsTheAnswer() {
        var name = aborted();
        gate.rollback.loseRecord(true);
        // What was read a moment ago is good for a quarter of a second.
        var answer =
                Await.value("an answer that knows of no state", GateUnderTest.LIMIT, () -> Optional.of(gate.poll("c1"))
                        .filter(one -> one.path("rollbackState").textValue().equals("UNKNOWN")));
        assertEquals("ABORT", answer.path("decision").textValue(), answer.toString());
        assertEquals("UNKNOWN", gate.release(name).getRollbackState());
    }

    @Test
    void anOrderThatWasRefusedIsInTheAnswerAndCounted() {
        assertEquals(0, gate.metric("portcullis_gate_rollback_orders_total{outcome=\"REFUSED\"}"));
        gate.rollback.refuse(ErrorReason.NO_ROLLBACK_TARGET);
        aborted();
        var answer = gate.poll("c1");
        assertEquals("", answer.path("rollback").textValue());
        assertEquals("", answer.path("rollbackState").textValue());
        assertTrue(answer.path("rollbackDetail").textValue().startsWith("no rollback: "), answer.toString());
        assertFalse(answer.path("explanation").textValue().endsWith(" Rollback: "), answer.toString());
        assertEquals(1, gate.metric("portcullis_gate_rollback_orders_total{outcome=\"REFUSED\"}"));
    }
}
