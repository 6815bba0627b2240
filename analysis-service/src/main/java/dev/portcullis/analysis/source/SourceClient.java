package dev.portcullis.analysis.source;

import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TlsClient;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.tls.TlsFilesException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests with what gets them past whatever stands before a server, and follows redirects on the same host and port. Secrets are read anew for each request, and cut
 * out of whatever comes back, since the other side may repeat what it was sent. Thread-safe.
 */
public final class SourceClient {
    /**
     * An answer of any status, its body without secrets.
     *
     * @param redirect where it points and that it was not followed, in words; empty for an answer that is no redirect
     */
    public record Response(int status, HttpHeaders headers, String body, Optional<String> redirect) {}

    /** Shorter values of headers are no secrets, and would be cut out of ordinary words. */
    private static final int SHORTEST_SECRET = 6;

    private static final int MOST_REDIRECTS = 3;

    private final Access access;
    private final TracedHttpClient http;
    private final Optional<TlsClient> tls;
    private final Map<String, String> environment;

    /** @param environment where secrets are looked for, as {@link System#getenv()} */
    public SourceClient(Access access, TracedHttpClient http, Map<String, String> environment) {
        this.access = access;
        this.http = http;
        this.tls = access.tls().map(files -> new TlsClient(http, files));
        this.environment = environment;
    }

    /**
     * Sends a request.
     *
     * @param downstream whose circuit breaker it passes
     * @param deadline for the exchange, and anew for each redirect of it
     * @throws HttpCallException when there is no answer
     * @throws SecretException when a secret cannot be read
     * @throws TlsFilesException when a certificate or key cannot be read
     */
    public Response send(String downstream, HttpRequest.Builder request, Duration deadline)
            throws HttpCallException, SecretException, TlsFilesException {
        List<String> secrets = identified(request);
        TracedHttpClient client = tls.isPresent() ? tls.get().current() : http;
        HttpResponse<String> response = client.send(downstream, request, deadline);
        Optional<Redirect> redirect = Redirect.of(response);
        for (int i = 0;
                i < MOST_REDIRECTS && redirect.filter(Redirect::staysThere).isPresent();
                i++) {
            response = client.send(downstream, request.uri(redirect.get().to()), deadline);
            redirect = Redirect.of(response);
        }
        return new Response(
                response.statusCode(),
                response.headers(),
                without(secrets, response.body()),
                redirect.map(Redirect::told).map(told -> without(secrets, told)));
    }

    /** Why no request could be made now: which secret, certificate or key cannot be read, in one line. */
    public Optional<String> missingCredentials() {
        try {
            identified(HttpRequest.newBuilder());
            if (tls.isPresent()) {
                tls.get().current();
            }
            return Optional.empty();
        } catch (SecretException | TlsFilesException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Adds all headers; what of them may be shown nowhere. */
    private List<String> identified(HttpRequest.Builder request) throws SecretException {
        List<String> secrets = new ArrayList<>();
        access.headers().forEach((name, value) -> {
            request.setHeader(name, value);
            if (value.length() >= SHORTEST_SECRET) {
                secrets.add(value);
            }
        });
        if (access.credentials().isPresent()) {
            var authorization = access.credentials().get().authorization(environment);
            request.setHeader("Authorization", authorization.value());
            secrets.addAll(authorization.secrets());
        }
        return secrets;
    }

    private static String without(List<String> secrets, String body) {
        String clean = body;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }
}
