package dev.portcullis.gate.usecase;

import dev.portcullis.gate.session.ConsoleSession;
import dev.portcullis.gate.session.ConsoleSessions;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.IdentityClaims;
import dev.portcullis.kit.identity.SignIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Begins, finds and ends the sessions of people in the console. Every replica finds the same ones, and one that is ended is found by none. Thread-safe. */
public final class KeepSessions {
    /** So often at most a use is noted. */
    static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /** Where nobody signs in any more, sessions are forgotten after the longest time they can have had. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int SECRET_BYTES = 32;
    private static final Pattern SECRET_FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final ConsoleSessions sessions;
    private final SecureRandom random;
    private final Supplier<UUID> ids;
    private final Clock clock;

    public KeepSessions(ConsoleSessions sessions, SecureRandom random, Supplier<UUID> ids, Clock clock) {
        this.sessions = sessions;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Begins one, with a secret that no browser had before.
     *
     * @param caller who it is, for the record
     * @return the secret, which is kept nowhere
     */
    public String begin(IdentityClaims person, Caller caller) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = now();
        sessions.add(new ConsoleSession(ids.get(), person, now, now), hash(secret), AuditActor.of(caller));
        return secret;
    }

    /**
     * That of a secret, when it is still good.
     *
     * @param isUse whether a person asks for something, and not a page by itself
     */
    public Optional<ConsoleSession> find(String secret, SignIn signIn, boolean isUse) {
        if (!SECRET_FORM.matcher(secret).matches()) {
            return Optional.empty();
        }
        var now = now();
        var found = sessions.find(hash(secret)).filter(session -> session.isGood(signIn, now));
        found.filter(session -> isUse && !now.isBefore(session.used().plus(NOTED_EVERY)))
                .ifPresent(session -> sessions.use(session, now));
        return found;
    }

    /** Ends one at once. */
    public void end(ConsoleSession session, Caller caller) {
        sessions.end(session, now(), AuditActor.of(caller));
    }

    /** Forgets what nobody can use any more; how many. */
    public int forgetEnded(Optional<SignIn> signIn) {
        var now = now();
        return sessions.forget(
                now.minus(signIn.map(SignIn::lifetime).orElse(LONGEST)),
                now.minus(signIn.map(SignIn::idle).orElse(LONGEST)));
    }

    /** To the microsecond, as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
