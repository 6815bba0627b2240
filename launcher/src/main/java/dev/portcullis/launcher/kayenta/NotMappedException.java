package dev.portcullis.launcher.kayenta;

/** Something of a canary config that has no counterpart here. The message says why and what to do, as the second half of a sentence. */
final class NotMappedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotMappedException(String why) {
        super(why);
    }

    /** Why, in one line. */
    String why() {
        return String.valueOf(getMessage());
    }
}
