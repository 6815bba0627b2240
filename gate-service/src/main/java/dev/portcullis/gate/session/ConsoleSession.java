package dev.portcullis.gate.session;

import dev.portcullis.kit.identity.IdentityClaims;
import dev.portcullis.kit.identity.SignIn;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's time in the console with one browser. How long that is follows from the configuration of the moment.
 *
 * @param id what records call it by; no secret
 * @param person who signed in
 * @param created when
 * @param used when a person last asked for something by it, to the minute
 */
public record ConsoleSession(UUID id, IdentityClaims person, Instant created, Instant used) {
    /** What names begin with. */
    public static final String PREFIX = "sessions/";

    /** As the audit log has it. */
    public String name() {
        return PREFIX + id;
    }

    /** Whether it is good at a time. */
    public boolean isGood(SignIn signIn, Instant now) {
        return now.isBefore(created.plus(signIn.lifetime())) && now.isBefore(used.plus(signIn.idle()));
    }
}
