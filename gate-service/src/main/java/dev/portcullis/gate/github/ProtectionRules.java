package dev.portcullis.gate.github;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The requests of GitHub, which survive restarts. Thread-safe; every method throws StoreUnavailableException. */
public interface ProtectionRules {
    /** How a request has ended. */
    enum End {
        /** The deployment was allowed. */
        APPROVED,
        /** The deployment was refused. */
        REJECTED,
        /** GitHub no longer waits for an answer: the run was cancelled, or somebody else decided. */
        GONE
    }

    /**
     * Keeps a request. One about the same environment of the same run takes the place of the one before: the run was started again.
     *
     * @return whether it is new; false when a request of this delivery is there
     */
    boolean open(ProtectionRule rule);

    /**
     * Takes requests that wait for an answer and are due, so that no other replica takes them before {@code next}.
     *
     * @param limit how many at most, the longest due first
     */
    List<ProtectionRule> take(Instant now, Instant next, int limit);

    /** Notes that GitHub was sent a report. */
    void reported(ProtectionRule rule, String reasons, Optional<UUID> release, Instant next);

    /** Notes when the request is looked at again. */
    void postpone(ProtectionRule rule, Optional<UUID> release, int failures, Instant next);

    /** Notes how the request has ended. */
    void close(ProtectionRule rule, End end, Instant at);
}
