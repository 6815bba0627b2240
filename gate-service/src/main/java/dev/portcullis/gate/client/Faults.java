package dev.portcullis.gate.client;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** Errors of calls as one line for people. */
final class Faults {
    private Faults() {}

    /** "UNAVAILABLE: io exception". */
    static String inOneLine(StatusRuntimeException error) {
        var code = error.getStatus().getCode();
        var description = description(error);
        return description.isEmpty() ? code.name() : code + ": " + description;
    }

    /** What the server or the channel said; its first line. */
    static String description(StatusRuntimeException error) {
        @Nullable String text = error.getStatus().getDescription();
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
