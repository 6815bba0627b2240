package dev.portcullis.launcher.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer over HTTP/1.1, read by its framing.
 *
 * @param headers by names in lower case
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    private static final int LONGEST_LINE = 100_000;

    /** An answer that is none. */
    static final class BrokenAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenAnswerException(String message) {
            super(message);
        }
    }

    /**
     * Reads the next one.
     *
     * @param head whether it is to a HEAD, and so has no body
     * @return empty when the connection ended instead
     */
    static Optional<HttpAnswer> read(InputStream in, boolean head) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var parts = first.get().split(" ", 3);
        if (!parts[0].matches("HTTP/[0-9]\\.[0-9]") || parts.length < 2 || !parts[1].matches("[1-5][0-9][0-9]")) {
            throw new BrokenAnswerException("an answer begins with " + first.get());
        }
        var status = Integer.parseInt(parts[1]);
        var headers = headers(in);
        var none = head || status < 200 || status == 204 || status == 304;
        return Optional.of(new HttpAnswer(status, headers, none ? new byte[0] : body(in, headers)));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new TreeMap<String, String>();
        for (var line = required(in); !line.isEmpty(); line = required(in)) {
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new BrokenAnswerException("a header of an answer is " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length")));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return in.readAllBytes();
        }
        var body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.writeBytes(in.readNBytes(size));
            required(in);
        }
        required(in);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(required(in), 16);
    }

    private static String required(InputStream in) throws IOException {
        return line(in).orElseThrow(() -> new BrokenAnswerException("an answer is cut off"));
    }

    private static Optional<String> line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            line.write(next);
            if (line.size() > LONGEST_LINE) {
                throw new BrokenAnswerException("a line of an answer has no end");
            }
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
    }

    boolean closes() {
        return "close".equalsIgnoreCase(headers.get("connection"));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
