package dev.portcullis.gate.http.console;

import dev.portcullis.gate.console.ConsolePath;
import dev.portcullis.kit.http.AnyAcceptedType;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What browsers tell of a request to the console beside its address. Stateless. */
final class BrowserRequest {
    private static final int LONGEST_PATH = 1_000;
    private static final Pattern OWN_PATH = Pattern.compile(ConsolePath.ROOT + "([/?][\\x21-\\x7e&&[^\\\\#]]*)?");

    private BrowserRequest() {}

    /** Whether somebody looks at a page, and no script asks for a part of one. */
    static boolean isNavigation(HttpRequest<?> request) {
        if (request.getMethod() != HttpMethod.GET) {
            return false;
        }
        var mode = Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Mode"));
        return mode.map("navigate"::equals)
                .orElseGet(() ->
                        !isOfScript(request) && AnyAcceptedType.told(request).contains("text/html"));
    }

    /** Whether a person has a hand in it, and not a page that keeps itself up to date. */
    static boolean isOfPerson(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.POST || !isOfScript(request);
    }

    private static boolean isOfScript(HttpRequest<?> request) {
        return request.getHeaders().contains("HX-Request")
                || AnyAcceptedType.told(request).contains("text/event-stream");
    }

    /** The page that somebody is to be led to; the first one in place of anything that is no page of the console. */
    static String page(String wanted) {
        var isOwn = wanted.length() <= LONGEST_PATH
                && OWN_PATH.matcher(wanted).matches()
                && !wanted.startsWith(ConsolePath.ROOT + "/sign-")
                && isPlain(wanted);
        return isOwn ? wanted : ConsolePath.ROOT;
    }

    /** Whether it stays where it seems to be, also for whoever takes dots away. */
    private static boolean isPlain(String path) {
        try {
            var uri = new URI(path);
            return uri.getRawAuthority() == null
                    && uri.normalize().equals(uri)
                    && !uri.getRawPath().toLowerCase(Locale.ROOT).contains("%2e%2e");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The page of a request, with its query. */
    static String page(HttpRequest<?> request) {
        return page(request.getUri().toString());
    }

    /** The page that a form was on, as far as the browser tells. */
    static String pageBefore(HttpRequest<?> request) {
        try {
            var referer = new URI(
                    Optional.ofNullable(request.getHeaders().get("Referer")).orElse(""));
            return page(String.valueOf(referer.getRawPath()));
        } catch (URISyntaxException e) {
            return ConsolePath.ROOT;
        }
    }
}
