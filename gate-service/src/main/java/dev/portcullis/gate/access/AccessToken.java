package dev.portcullis.gate.access;

import dev.portcullis.kit.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is kept of a static token.
 *
 * @param id part of its name
 * @param number grows with each token; 0 before it is kept
 * @param holder who has it, as records name the caller
 * @param sha256 of its text, in 64 hexadecimal digits
 * @param roles what it is good for
 * @param services patterns of the names of the services it is good for
 * @param created when it was made
 * @param creator who made it
 * @param end from then on it is refused
 * @param revocation absent while it is not revoked
 * @param lastUse the hour in which it was last used; absent when it never was
 */
public record AccessToken(
        UUID id,
        long number,
        String holder,
        String sha256,
        List<Role> roles,
        List<String> services,
        Instant created,
        String creator,
        Instant end,
        Optional<Revocation> revocation,
        Optional<Instant> lastUse) {
    /** What stands before the id in the name of a token. */
    public static final String PREFIX = "tokens/";

    /**
     * The end of a token before its time.
     *
     * @param time when
     * @param revoker who revoked it
     */
    public record Revocation(Instant time, String revoker) {}

    public AccessToken {
        roles = List.copyOf(roles);
        services = List.copyOf(services);
    }

    /** "tokens/{uuid}". */
    public String name() {
        return PREFIX + id;
    }
}
