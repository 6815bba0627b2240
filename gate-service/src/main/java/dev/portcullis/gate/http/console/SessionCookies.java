package dev.portcullis.gate.http.console;

import dev.portcullis.kit.identity.SignIn;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The two cookies of the console: the secret of a session, and that of a browser which is signing in. By TLS no other site can set them, not even one of the same domain
 * ({@code __Host-}); without, only this machine is asked, where services on other ports share its cookies, so that the names have the port. Immutable.
 */
final class SessionCookies {
    /** 256 random bits in base64url. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String session;
    private final String browser;
    private final String attributes;

    private SessionCookies(String prefix, String suffix, String attributes) {
        this.session = prefix + "portcullis-session" + suffix;
        this.browser = prefix + "portcullis-sign-in" + suffix;
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + attributes;
    }

    static SessionCookies of(SignIn signIn) {
        return signIn.isSecure()
                ? new SessionCookies("__Host-", "", "; Secure")
                : new SessionCookies("", "-" + Math.max(signIn.publicUrl().getPort(), 0), "");
    }

    /** The secret of a request's session; empty when there is none, or more than one. */
    Optional<String> session(HttpRequest<?> request) {
        return secret(request, session);
    }

    /** The secret of the browser that is signing in. */
    Optional<String> browser(HttpRequest<?> request) {
        return secret(request, browser);
    }

    private static Optional<String> secret(HttpRequest<?> request, String name) {
        var found = request.getHeaders().getAll(HttpHeaders.COOKIE).stream()
                .flatMap(header -> Pattern.compile(";").splitAsStream(header))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .distinct()
                .toList();
        return found.size() == 1 && SECRET.matcher(found.getFirst()).matches()
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /** As a browser is told to keep it until it is closed. */
    String setSession(String secret) {
        return session + "=" + secret + attributes;
    }

    /** As a browser is told to keep it as long as a sign-in may take. */
    String setBrowser(String secret) {
        return browser + "=" + secret + attributes + "; Max-Age=" + SignInState.GOOD_FOR.toSeconds();
    }

    /** As a browser is told to forget it. */
    String dropSession() {
        return session + "=" + attributes + "; Max-Age=0";
    }
}
