package dev.portcullis.gate.rollback;

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
 * @param reason why, 1 to 1000 characters
 * @param traceparent trace of the decision; empty when it was not traced
 * @param token of its preparation; empty before
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
        String token) {
    private static final int MAX_REASON = 1000;

    public RollbackOrder {
        if (reason.length() > MAX_REASON) {
            reason = shortened(reason);
        }
    }

    /** Cut without leaving half a character behind. */
    private static String shortened(String reason) {
        var end = MAX_REASON - 1;
        return reason.substring(0, Character.isHighSurrogate(reason.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** The order as it goes on once it is prepared. */
    public RollbackOrder prepared(String newToken) {
        return new RollbackOrder(releaseId, decisionId, service, release, from, to, reason, traceparent, newToken);
    }

    /** Whether there is a revision to return to. */
    public boolean possible() {
        return !to.isEmpty();
    }
}
