package dev.portcullis.kit.client;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.kit.tls.TlsFault;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the errors of calls mean, and how people are told. */
public final class CallFaults {
    /** In bytes; the texts of our own services are no longer. */
    private static final int LONGEST = 1_000;

    private static final Set<Status.Code> FINAL =
            EnumSet.of(Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION, Status.Code.NOT_FOUND);

    private CallFaults() {}

    /** Whether the same call would be answered by the same error again. */
    public static boolean isFinal(StatusRuntimeException error) {
        return FINAL.contains(error.getStatus().getCode());
    }

    /** What went wrong on the way in words, e.g. "no answer in time"; what the service itself said with its code. */
    public static String inOneLine(StatusRuntimeException error) {
        var code = error.getStatus().getCode();
        var description = description(error);
        return switch (code) {
            // The library's texts for these two are its own bookkeeping of the connection.
            case DEADLINE_EXCEEDED -> "no answer in time";
            case UNAVAILABLE ->
                description.contains("circuit breaker")
                        ? description
                        : tlsFault(error).map(TlsFault::of).orElse("it cannot be reached");
            default -> description.isEmpty() ? code.name() : code + ": " + description;
        };
    }

    private static Optional<SSLException> tlsFault(StatusRuntimeException error) {
        return Stream.<Throwable>iterate(error, cause -> cause != null, Throwable::getCause)
                .filter(SSLException.class::isInstance)
                .map(SSLException.class::cast)
                .findFirst();
    }

    /** What the server or the channel said, on one line. */
    public static String description(StatusRuntimeException error) {
        @Nullable String text = error.getStatus().getDescription();
        return text == null ? "" : PlainText.line(text, LONGEST);
    }
}
