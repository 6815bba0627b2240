package dev.portcullis.gate.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The static tokens that are kept. Each method is one transaction; each throws {@link dev.portcullis.gate.release.StoreUnavailableException} when the store cannot be
 * reached. Thread-safe.
 */
public interface AccessTokens {
    /** So many of one holder may be good at once: one replaces the other. */
    int MOST_GOOD = 2;

    /**
     * Keeps a new one, with its entry of the audit log.
     *
     * @return as it is kept
     * @throws TooManyTokensException when its holder has {@link #MOST_GOOD} good ones already
     */
    AccessToken create(AccessToken token);

    /**
     * Revokes one, with its entry of the audit log; one that is revoked stays as it is.
     *
     * @return as it is kept; empty when there is none
     */
    Optional<AccessToken> revoke(UUID id, AccessToken.Revocation revocation);

    /**
     * Tokens, newest first.
     *
     * @param holder only his; empty for all
     * @param before only those with a smaller number
     */
    List<AccessToken> list(Optional<String> holder, OptionalLong before, int limit);

    /** Those that are neither revoked nor expired at a time, in no order. */
    List<AccessToken> good(Instant now);

    /** Notes the hours of uses by the SHA-256 of the tokens; an earlier one than is known, and one of an unknown token, changes nothing. */
    void used(Map<String, Instant> hours);
}
