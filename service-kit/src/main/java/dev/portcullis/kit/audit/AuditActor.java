package dev.portcullis.kit.audit;

import dev.portcullis.kit.identity.Caller;
import java.util.Map;

/**
 * Who did something.
 *
 * @param kind how he is known
 * @param issuer who vouches for him
 * @param subject who he is to that issuer
 * @param name what people call him
 */
public record AuditActor(String kind, String issuer, String subject, String name) {
    private static final String PORTCULLIS = "portcullis";

    /** A part of Portcullis itself, e.g. "gate". */
    public static AuditActor service(String name) {
        return new AuditActor("SERVICE", PORTCULLIS, name, name);
    }

    /**
     * Whoever calls.
     *
     * @param name the one that was given, where nobody has to be known; it does not count otherwise
     */
    public static AuditActor of(Caller caller, String name) {
        return caller.kind() == Caller.Kind.LOCAL
                ? declared(name)
                : new AuditActor(caller.kind().name(), caller.issuer(), caller.subject(), caller.name());
    }

    /** Whoever calls, where nobody gave a name. */
    public static AuditActor of(Caller caller) {
        return of(caller, caller.name());
    }

    /** Somebody of whom nothing is known but the name that was given. */
    public static AuditActor declared(String name) {
        return new AuditActor("LOCAL", PORTCULLIS, "local", name);
    }

    Map<String, String> json() {
        return Map.of("kind", kind, "issuer", issuer, "subject", subject, "name", name);
    }
}
