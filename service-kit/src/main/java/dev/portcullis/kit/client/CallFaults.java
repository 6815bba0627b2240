package dev.portcullis.kit.client;

import dev.portcullis.kit.text.PlainText;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** Errors of calls as one line for people. */
public final class CallFaults {
    /** In bytes; the texts of our own services are no longer. */
    private static final int LONGEST = 1_000;

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

    /** What the server or the channel said, on one line. */
    public static String description(StatusRuntimeException error) {
        @Nullable String text = error.getStatus().getDescription();
        return text == null ? "" : PlainText.line(text, LONGEST);
    }
}
