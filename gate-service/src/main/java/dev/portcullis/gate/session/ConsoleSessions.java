package dev.portcullis.gate.session;

import dev.portcullis.kit.audit.AuditActor;
import java.time.Instant;
import java.util.Optional;

/**
 * The sessions that are kept, by the SHA-256 of their secrets. Each method is one transaction; each throws {@link dev.portcullis.gate.release.StoreUnavailableException} when
 * the store cannot be reached. Thread-safe.
 */
public interface ConsoleSessions {
    /** Keeps a new one, with its entry of the audit log. */
    void add(ConsoleSession session, byte[] secretHash, AuditActor actor);

    /** That of a secret, whether it is still good or not; empty when there is none. */
    Optional<ConsoleSession> find(byte[] secretHash);

    /** Notes that one was used; an earlier time than is known changes nothing. */
    void use(ConsoleSession session, Instant time);

    /** Ends one, with its entry of the audit log. */
    void end(ConsoleSession session, Instant time, AuditActor actor);

    /**
     * Forgets those that nobody can use any more.
     *
     * @param created those that began before
     * @param used those that were last used before
     * @return how many
     */
    int forget(Instant created, Instant used);
}
