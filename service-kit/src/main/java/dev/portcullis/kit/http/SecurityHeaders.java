package dev.portcullis.kit.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/**
 * What every answer over HTTP tells a browser: to take it for nothing else than its type says, to keep none of it, to run and load nothing of it, to show it in no page of
 * others, and to tell nobody where it was. What an answer says for itself of these stays. Stateless.
 */
final class SecurityHeaders {
    private static final Map<String, String> USUAL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    private SecurityHeaders() {}

    static void add(HttpHeaders headers) {
        USUAL.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
    }
}
