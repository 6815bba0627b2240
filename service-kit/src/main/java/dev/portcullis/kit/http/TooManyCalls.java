package dev.portcullis.kit.http;

import io.micronaut.http.HttpRequest;

/** Whether the caller of an HTTP request makes more of them than are served, on paths that answer him by themselves. Stateless. */
public final class TooManyCalls {
    private static final String LIMITED = "portcullis.limited";

    private TooManyCalls() {}

    /** Whether this request is one too many: it is to be answered without looking for anything. */
    public static boolean isOneOf(HttpRequest<?> request) {
        return request.getAttribute(LIMITED).isPresent();
    }

    static void note(HttpRequest<?> request) {
        request.setAttribute(LIMITED, true);
    }
}
