package dev.portcullis.kit.http;

import dev.portcullis.kit.identity.Caller;
import io.micronaut.http.HttpRequest;

/** Who makes an HTTP request. Stateless. */
public final class RequestCaller {
    private static final String CALLER = "portcullis.caller";

    private RequestCaller() {}

    /** Him; {@link Caller#LOCAL} where no caller has to be known. */
    public static Caller of(HttpRequest<?> request) {
        return request.getAttribute(CALLER, Caller.class).orElse(Caller.LOCAL);
    }

    /** Whether he is known by what he sends. */
    public static boolean isKnown(HttpRequest<?> request) {
        return request.getAttribute(CALLER).isPresent();
    }

    static void note(HttpRequest<?> request, Caller caller) {
        request.setAttribute(CALLER, caller);
    }
}
