package dev.portcullis.launcher.witness;

import org.jspecify.annotations.Nullable;

/** A witness that cannot work; its message says why in a line. */
public final class WitnessException extends Exception {
    private static final long serialVersionUID = 1L;

    WitnessException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
