package dev.portcullis.kit.identity;

/** A sign-in that came to nothing. The message is a line for whoever signs in, and tells nothing secret. */
public final class SignInException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Who can do something about it. */
    public enum Reason {
        /** The issuer cannot be reached, or is not well: try again. */
        ISSUER_UNAVAILABLE,
        /** The issuer no longer takes the code: begin again. */
        CODE_REFUSED,
        /** The issuer does not take the console for the client it says it is, or the secret cannot be read: an administrator has to look. */
        CLIENT_REFUSED,
        /** The issuer answers what no OpenID Connect provider answers: an administrator has to look. */
        ANSWER_ILLEGAL
    }

    private final Reason reason;

    SignInException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The message, which is always there. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
