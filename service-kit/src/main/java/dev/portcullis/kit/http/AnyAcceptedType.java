package dev.portcullis.kit.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/**
 * Answers in the one form that a path has, whatever the caller accepts: the framework would answer 406, with which nobody who asks is served. The page at {@code /} has
 * two forms and chooses itself. Thread-safe.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class AnyAcceptedType {
    private static final String TOLD = "portcullis.accept";

    @RequestFilter
    @PreMatching
    void forget(HttpRequest<?> request) {
        if (!request.getPath().equals(FrontPage.PATH) && request.getHeaders() instanceof MutableHttpHeaders headers) {
            request.setAttribute(TOLD, String.join(",", headers.getAll(HttpHeaders.ACCEPT)));
            headers.remove(HttpHeaders.ACCEPT);
        }
    }

    /** What the caller has said that it accepts; empty for nothing. */
    public static String told(HttpRequest<?> request) {
        return request.getAttribute(TOLD, String.class).orElse("");
    }
}
