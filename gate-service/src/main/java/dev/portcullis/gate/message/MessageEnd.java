package dev.portcullis.gate.message;

/** How the way of a message ended. */
public enum MessageEnd {
    /** The receiver has it. */
    DELIVERED,
    /** The receiver will never take it. */
    REFUSED,
    /** It became too old. */
    GIVEN_UP
}
