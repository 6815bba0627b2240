package dev.portcullis.kit.client;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** Errors of calls as one line for people. */
public final class CallFaults {
    private CallFaults() {}

    /** What went wrong on the way in words, e.g. "no answer in time"; what the service itself said with its code. */
    public static String inOneLine(StatusRuntimeException error) {
        var code = error.getStatus().getCode();
        var description = description(error);
        return switch (code) {
            // The library's texts for these two are its own bookkeeping of the connection.
            case DEADLINE_EXCEEDED -> "no answer in time";
            case UNAVAILABLE -> description.contains("circuit breaker") ? description : "it cannot be reached";
            default -> description.isEmpty() ? code.name() : code + ": " + description;
        };
    }

    /** What the server or the channel said; its first line. */
    public static String description(StatusRuntimeException error) {
        @Nullable String text = error.getStatus().getDescription();
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
