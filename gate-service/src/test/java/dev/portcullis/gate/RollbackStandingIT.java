package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.Release;
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
        var name = answer.path("release").textValue();
        gate.awaitOrder(name);
        return name;
    }

    @Test
    void aRollbackThatNeedsAPersonIsToldInTheAnswerAndInTheRelease() {
        var name = aborted();
        var running = answered("RUNNING");
        assertEquals("", running.path("rollbackDetail").textValue());
        released(name, "RUNNING");

        gate.rollback.stands(Rollback.State.NEEDS_HUMAN, SAID);
        var answer = answered("NEEDS_HUMAN");
        assertEquals("ABORT", answer.path("decision").textValue());
        assertTrue(answer.path("rollback").textValue().startsWith("rollbacks/"), answer.toString());
        assertTrue(answer.path("rollbackDetail").textValue().contains(SAID), answer.toString());
        assertTrue(answer.path("explanation").textValue().endsWith("a person has to look: " + SAID), answer.toString());

        var release = released(name, "NEEDS_HUMAN");
        assertTrue(release.getRollbackDetail().contains(SAID), release.getRollbackDetail());
        var question = EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setNamespace("shop")
                .setRollout("checkout")
                .setCanary("c1")
                .setRevision("7")
                .build();
        Await.until("the state over gRPC", GateUnderTest.LIMIT, () -> gate.grpc()
                .evaluateGate(question)
                .getRelease()
                .getRollbackState()
                .equals("NEEDS_HUMAN"));
    }

    /**
     * The answer with this state. What was read a moment ago is good for a quarter of a second, and the state is left out when rollback-service takes longer to
     * tell it.
     */
    private JsonNode answered(String state) {
        return Await.value("an answer with " + state, GateUnderTest.LIMIT, () -> Optional.of(gate.poll("c1"))
                .filter(one -> one.path("rollbackState").textValue().equals(state)));
    }

    private Release released(String name, String state) {
        return Await.value("the release with " + state, GateUnderTest.LIMIT, () -> Optional.of(gate.release(name))
                .filter(one -> one.getRollbackState().equals(state)));
    }

    @Test
    void aRollbackWhoseStateCannotBeToldKeepsTheAnswer() {
        var name = aborted();
        gate.rollback.loseRecord(true);
        var answer = answered("UNKNOWN");
        assertEquals("ABORT", answer.path("decision").textValue(), answer.toString());
        assertEquals("UNKNOWN", gate.release(name).getRollbackState());
    }

    @Test
    void aRollbackWithoutANameYetIsOrdered() {
        gate.rollback.refuse(ErrorReason.ROLLBACK_IN_PROGRESS);
        var name = aborted();
        var answer = gate.poll("c1");
        assertEquals("", answer.path("rollback").textValue(), answer.toString());
        assertEquals("ORDERED", answer.path("rollbackState").textValue(), answer.toString());
        assertEquals("ORDERED", gate.release(name).getRollbackState());
        gate.rollback.refuse(null);
        assertTrue(answered("RUNNING").path("rollback").textValue().startsWith("rollbacks/"));
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
        Await.until(
                "the refusal counted",
                GateUnderTest.LIMIT,
                () -> gate.metric("portcullis_gate_rollback_orders_total{outcome=\"REFUSED\"}") == 1);
    }
}
