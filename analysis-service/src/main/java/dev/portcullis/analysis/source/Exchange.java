package dev.portcullis.analysis.source.prometheus;

import dev.portcullis.analysis.source.SecretException;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TlsClient;
import dev.portcullis.kit.http.TlsFilesException;
import dev.portcullis.kit.http.TracedHttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests to one server with what gets them past whatever stands before it. Secrets are read anew for each request, and cut out of whatever comes back, since the
 * other side may repeat what it was sent. Thread-safe.
 */
final class Exchange {
    /** An answer of any status, without secrets. */
    record Answer(int status, String body) {}

    /** Shorter values of headers are no secrets, and would be cut out of ordinary words. */
    private static final int SHORTEST_SECRET = 6;

    private final PrometheusProperties properties;
    private final TracedHttpClient http;
    private final Optional<TlsClient> tls;
    private final Map<String, String> environment;

    /** @param environment where secrets are looked for, as {@link System#getenv()} */
    Exchange(PrometheusProperties properties, TracedHttpClient http, Map<String, String> environment) {
        this.properties = properties;
        this.http = http;
        this.tls = properties.access().tls().map(files -> new TlsClient(http, files));
        this.environment = environment;
    }

    /**
     * Sends a request.
     *
     * @param deadline for the whole exchange
     * @throws RefusedException when there is no answer
     */
    Answer send(HttpRequest.Builder request, Duration deadline) throws RefusedException {
        try {
            List<String> secrets = identified(request);
            TracedHttpClient client = tls.isPresent() ? tls.get().current() : http;
            HttpResponse<String> response = client.send("metrics:" + properties.source(), request, deadline);
            return new Answer(response.statusCode(), without(secrets, response.body()));
        } catch (SecretException | TlsFilesException e) {
            throw new RefusedException(Fault.AWAY, OneLine.of(String.valueOf(e.getMessage())));
        } catch (HttpCallException e) {
            Fault fault = e.kind() == HttpCallException.Kind.TOO_LARGE ? Fault.LIMIT : Fault.AWAY;
            throw new RefusedException(fault, OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    /** Adds all headers; what of them may be shown nowhere. */
    private List<String> identified(HttpRequest.Builder request) throws SecretException {
        Access access = properties.access();
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
