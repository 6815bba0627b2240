package dev.portcullis.gate.http;

import dev.portcullis.gate.feed.RecentlyUsed;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as JSON. Of each release the latest answer is kept as it was written, since most polls are answered the same but for their trace. Thread-safe.
 *
 * @param <T> an answer with a component {@code traceId}
 */
public final class AnswerBodies<T extends Record> {
    private static final int MOST = 1_000;
    private static final byte[] TRACE = "\"traceId\":\"".getBytes(StandardCharsets.US_ASCII);

    private final JsonMapper json;
    private final Map<String, Written<T>> latest = new RecentlyUsed<>(MOST, (release, written) -> {});

    public AnswerBodies(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes an answer.
     *
     * @param release by whose name it is kept; may be empty
     * @param untraced the answer with an empty trace id
     * @param traceId what it is to have instead, hex digits; may be empty
     */
    public byte[] body(String release, T untraced, String traceId) {
        var known = known(release);
        if (known == null || !known.answer.equals(untraced)) {
            known = written(untraced);
            keep(release, known);
        }
        return known.with(traceId);
    }

    private @Nullable Written<T> known(String release) {
        synchronized (latest) {
            return latest.get(release);
        }
    }

    private void keep(String release, Written<T> written) {
        synchronized (latest) {
            latest.put(release, written);
        }
    }

    private Written<T> written(T answer) {
        try {
            var bytes = json.writeValueAsBytes(answer);
            return new Written<>(answer, bytes, hole(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("an answer cannot be written as JSON", e);
        }
    }

    /** Where the trace id belongs. A quotation mark within a text is written with an escape, so nothing else reads like the field. */
    private static int hole(byte[] bytes) {
        for (var at = bytes.length - TRACE.length; at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + TRACE.length, TRACE, 0, TRACE.length)) {
                return at + TRACE.length;
            }
        }
        throw new IllegalStateException("the answer has no field traceId");
    }

    private static final class Written<T> {
        private final T answer;
        private final byte[] bytes;
        private final int hole;

        Written(T answer, byte[] bytes, int hole) {
            this.answer = answer;
            this.bytes = bytes;
            this.hole = hole;
        }

        byte[] with(String traceId) {
            var trace = traceId.getBytes(StandardCharsets.US_ASCII);
            var whole = new byte[bytes.length + trace.length];
            System.arraycopy(bytes, 0, whole, 0, hole);
            System.arraycopy(trace, 0, whole, hole, trace.length);
            System.arraycopy(bytes, hole, whole, hole + trace.length, bytes.length - hole);
            return whole;
        }
    }
}
