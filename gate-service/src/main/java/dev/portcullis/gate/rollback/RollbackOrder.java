package dev.portcullis.gate.rollback;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.text.FreeText;
import java.util.Optional;
import java.util.UUID;

/**
 * The rollback an ABORT wants, written down together with the decision.
 *
 * @param releaseId the release aborted
 * @param decisionId the decision
 * @param service the service
 * @param release name of the release
 * @param from the bad revision: the canary's arm label value
 * @param to the good revision: the stable arm label value; empty when there is none
 * @param reason why; what is no {@link FreeText} becomes one
 * @param traceparent trace of the decision; empty when it was not traced
 * @param token of its preparation; empty before
 * @param caller who aborted by hand, so that it is done for him and with what he may do; empty when the gate decided by itself
 */
public record RollbackOrder(
        UUID releaseId,
        UUID decisionId,
        String service,
        String release,
        String from,
        String to,
        String reason,
        String traceparent,
        String token,
        Optional<Caller> caller) {
    public RollbackOrder {
        reason = FreeText.made(reason);
    }

    /** The order as it goes on once it is prepared. */
    public RollbackOrder prepared(String newToken) {
        return new RollbackOrder(
                releaseId, decisionId, service, release, from, to, reason, traceparent, newToken, caller);
    }

    /** Whether there is a revision to return to. */
    public boolean possible() {
        return !to.isEmpty();
    }
}
