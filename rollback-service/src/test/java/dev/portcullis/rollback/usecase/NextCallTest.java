package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.RollbackOrder;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person is told to call, which is copied into a shell. */
final class NextCallTest {
    private static final String CALL =
            "; what to look at first: docs/needs-human.md; to try again: grpcurl -plaintext -d"
                    + " '{\"service\":\"checkout\",\"from_revision\":\"%s\",\"to_revision\":\"old\",\"reason\":\"again after %s\","
                    + "\"caller\":\"YOUR NAME\"%s}' 127.0.0.1:9103 portcullis.rollback.v1.RollbackService/PrepareRollback, then"
                    + " StartRollback with the token of its answer";

    private static Rollback rollback(String from, Mode mode) {
        var origin = new RollbackOrigin(UUID.randomUUID(), "", "alice", mode, "");
        return Rollback.planned(
                UUID.randomUUID(),
                origin,
                new RollbackOrder("checkout", "", from, "old", "it burns"),
                SampleRollbacks.plan(SampleRollbacks.NO_CHECK, "scripted"),
                Instant.EPOCH);
    }

    @Test
    void whatIsLeftToAPersonIsToldWithTheCall() {
        var rollback = rollback("new", Mode.LIVE);
        assertEquals(
                CALL.formatted("new", rollback.name(), ""), NextCall.tryAgain(rollback, RollbackState.NEEDS_HUMAN));
        assertEquals(CALL.formatted("new", rollback.name(), ""), NextCall.tryAgain(rollback, RollbackState.FAILED));
        assertEquals("", NextCall.tryAgain(rollback, RollbackState.SUCCEEDED));
    }

    @Test
    void whereTrafficIsBackOnlyTheProofIsWanted() {
        var rollback = rollback("new", Mode.LIVE).trafficBack(Instant.EPOCH);
        assertEquals(
                CALL.formatted("new", rollback.name(), ",\"allow_restored\":true"),
                NextCall.tryAgain(rollback, RollbackState.NEEDS_HUMAN));
    }

    @Test
    void aDrillIsNobodysWork() {
        assertEquals("", NextCall.tryAgain(rollback("new", Mode.STAGING), RollbackState.NEEDS_HUMAN));
    }

    @Test
    void aNameBecomesNoCommandOfItsOwn() {
        var rollback = rollback("x'; \"reboot\" \\", Mode.LIVE);
        assertEquals(
                CALL.formatted("x'\\''; \\\"reboot\\\" \\\\", rollback.name(), ""),
                NextCall.tryAgain(rollback, RollbackState.NEEDS_HUMAN));
    }
}
