package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.kit.identity.CallerVerifier;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests to the console that a page of others has made a browser send. Where nobody is asked who he is, that is also one whose address is no name of this machine:
 * such a page could have its own name mean this machine (DNS rebinding), and read what it gets. Thread-safe.
 */
@ServerFilter({ConsolePath.ROOT, ConsolePath.ROOT + "/**"})
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class RequestOrigin {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final ConsolePages pages;
    private final CallerVerifier verifier;

    RequestOrigin(ConsolePages pages, CallerVerifier verifier) {
        this.pages = pages;
        this.verifier = verifier;
    }

    @RequestFilter
    Optional<HttpResponse<?>> check(HttpRequest<?> request) {
        return fault(request).map(text -> pages.fault(request, HttpStatus.FORBIDDEN, "This request is refused", text));
    }

    private Optional<String> fault(HttpRequest<?> request) {
        var headers = request.getHeaders();
        var host = Optional.ofNullable(headers.get(HttpHeaders.HOST)).orElse("").toLowerCase(Locale.ROOT);
        if (!verifier.isRequired() && !LOOPBACK.contains(withoutPort(host))) {
            return Optional.of("Where callers need not say who they are, the console answers on 127.0.0.1 and localhost"
                    + " alone, and this request names another host. docs/identity.md says how people sign in.");
        }
        return request.getMethod() == HttpMethod.POST && isForeign(request, host)
                ? Optional.of("The form was sent by a page that is not of this console, so nothing was done.")
                : Optional.empty();
    }

    /** By what browsers tell and no page can change; who sends no form by a browser tells neither. */
    private static boolean isForeign(HttpRequest<?> request, String host) {
        var site = Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site"));
        if (site.isPresent()) {
            return !site.get().equals("same-origin");
        }
        var origin = Optional.ofNullable(request.getHeaders().get(HttpHeaders.ORIGIN));
        return origin.isPresent()
                && !origin.get()
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst("^https?://", "")
                        .equals(host);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "");
    }
}
