package dev.portcullis.kit.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that is answered by no method: its caller is not known, or may not make it. Its message says why in a line, and tells nothing of what exists. */
public final class CallRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What a program may want to tell apart. */
    public enum Reason {
        /** There are no credentials, and some are needed. */
        CREDENTIALS_MISSING,
        /** There are credentials, and they prove nothing: malformed, unknown, expired, of another issuer, for another audience. */
        CREDENTIALS_REFUSED,
        /** Whether the credentials are good cannot be told just now, since the keys of their issuer, or what is kept of them, cannot be had. */
        ISSUER_UNAVAILABLE,
        /** The caller is known and has no role that allows the call. */
        ROLE_MISSING,
        /** The caller makes more calls in a second than are served. */
        TOO_MANY_CALLS
    }

    private final Reason reason;
    /** Not serializable, and nobody sends it. */
    private final transient @Nullable Caller caller;

    CallRefusedException(Reason reason, String message) {
        this(reason, message, null);
    }

    private CallRefusedException(Reason reason, String message, @Nullable Caller caller) {
        super(message);
        this.reason = reason;
        this.caller = caller;
    }

    /** Credentials that prove nothing; {@code why} goes on after "the credentials are refused: ". */
    static CallRefusedException credentials(String why) {
        return new CallRefusedException(Reason.CREDENTIALS_REFUSED, "the credentials are refused: " + why);
    }

    /** Credentials that may be good and cannot be looked up; {@code why} is a line. */
    public static CallRefusedException unavailable(String why) {
        return new CallRefusedException(Reason.ISSUER_UNAVAILABLE, "the credentials cannot be verified: " + why);
    }

    /** The one answer for what is forbidden and for what is not there. */
    static CallRefusedException role(Caller caller, Role role) {
        return new CallRefusedException(
                Reason.ROLE_MISSING,
                "'" + caller.name() + "' lacks the role " + role.word()
                        + " for this call, or what it names is not there",
                caller);
    }

    /** Tells a caller nothing but what he has himself, and how he may ask for it. */
    static CallRefusedException serviceNotNamed(Caller caller, Role role) {
        return new CallRefusedException(
                Reason.ROLE_MISSING,
                "'" + caller.name() + "' has the role " + role.word()
                        + " for some services only, and this call names none, which stands for all; name one"
                        + " (option --service on the command line)");
    }

    public Reason reason() {
        return reason;
    }

    /** Who made the call; empty when his credentials did not prove it. */
    public Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    /** The message, which is always there. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
