package dev.portcullis.rollback.exchange;

import java.net.URI;
import java.util.Optional;

/** What the other side answered, cut down to what may be kept and shown: one line, not long, without the token even if the answer repeats it. */
public record ResponseRedactor(Optional<String> token) {
    private static final int LONGEST = 200;

    /** The text as one line of at most some 200 characters. */
    public String text(String raw) {
        var safe = token.map(secret -> raw.replace(secret, "***")).orElse(raw);
        var line = safe.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    /** An answer's body behind a colon; nothing when it is empty. */
    public String body(String raw) {
        var line = text(raw);
        return line.isEmpty() ? "" : ": " + line;
    }

    /** An address without its query, which may hold more than is to be shown. */
    public static String address(URI uri) {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }
}
