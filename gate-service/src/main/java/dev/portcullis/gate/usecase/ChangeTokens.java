package dev.portcullis.gate.usecase;

import dev.portcullis.gate.access.AccessToken;
import dev.portcullis.gate.access.AccessTokens;
import dev.portcullis.gate.access.TokenNotFoundException;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.TokenText;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes and revokes static tokens, and has this service take notice of it at once. Thread-safe. */
public final class ChangeTokens {
    private final AccessTokens tokens;
    private final SecureRandom random;
    private final Supplier<UUID> ids;
    private final Clock clock;
    private final Runnable changed;

    /** @param changed run after each change */
    public ChangeTokens(AccessTokens tokens, SecureRandom random, Supplier<UUID> ids, Clock clock, Runnable changed) {
        this.tokens = tokens;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * A token that was made.
     *
     * @param kept what is kept of it
     * @param text the token itself; never shown again
     */
    public record Made(AccessToken kept, String text) {
        @Override
        public String toString() {
            return kept.name();
        }
    }

    /**
     * Makes one.
     *
     * @param end when it is no longer good, in the future
     * @param creator who makes it
     * @throws dev.portcullis.gate.access.TooManyTokensException when the holder has as many as one may have
     */
    public Made create(String holder, List<Role> roles, List<String> services, Instant end, String creator) {
        var text = TokenText.random(random);
        var kept = tokens.create(new AccessToken(
                ids.get(),
                0,
                holder,
                TokenText.sha256(text),
                roles,
                services,
                now(),
                creator,
                end.truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                Optional.empty()));
        changed.run();
        return new Made(kept, text);
    }

    /** Revokes one; one that is revoked stays as it is. */
    public AccessToken revoke(UUID id, String revoker) {
        var revoked = tokens.revoke(id, new AccessToken.Revocation(now(), revoker))
                .orElseThrow(() -> new TokenNotFoundException(AccessToken.PREFIX + id));
        changed.run();
        return revoked;
    }

    /** To the microsecond, as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
