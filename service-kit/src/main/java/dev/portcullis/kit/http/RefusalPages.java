package dev.portcullis.kit.http;

import dev.portcullis.kit.identity.CallRefusedException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import java.util.Map;
import java.util.Optional;

/** Tells people in their browsers, in place of the body that programs get, why a request is refused. Thread-safe. */
public interface RefusalPages {
    /** Whether a request is one of a browser, for a page. */
    boolean concerns(HttpRequest<?> request);

    /** Where a browser is led to show who its user is, in place of a page that says that nobody knows; empty to show the page. */
    Optional<String> signIn(HttpRequest<?> request);

    /** The page, as HTML, with the headers that it needs. */
    Page page(HttpRequest<?> request, HttpStatus status, CallRefusedException refusal);

    /**
     * A page.
     *
     * @param body in UTF-8
     * @param headers beside its type and those of the refusal, by name
     * @param asksForToken whether the browser is to ask for a token, as the password of HTTP Basic, where nobody is known
     */
    record Page(String body, Map<String, String> headers, boolean asksForToken) {}
}
