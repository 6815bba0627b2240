package dev.portcullis.kit.identity;

import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TlsClient;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Issuers over HTTP: five seconds and 1 MiB for each answer, no redirects. Thread-safe. */
public final class HttpIssuers implements KeyDocuments, IssuerEndpoints {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int MOST_CHARACTERS = 1 << 20;
    /** The second is that of keys, which Kubernetes sends to nobody who does not name it. */
    private static final String ACCEPTED = "application/json, application/jwk-set+json";

    private static final int OK = 200;

    private final TracedHttpClient plain;
    private final Map<Path, TlsClient> clients = new ConcurrentHashMap<>();

    public HttpIssuers(TracedHttpClient client) {
        this.plain = client;
    }

    @Override
    public String fetch(AccessRules.Issuer issuer, URI address) throws IOException {
        var answer = send(issuer, HttpRequest.newBuilder(address).header("Accept", ACCEPTED), address);
        if (answer.statusCode() != OK) {
            throw new IOException(address + " answered with status " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public Answer send(AccessRules.Issuer issuer, URI address, Optional<String> form, Optional<String> authorization)
            throws IOException {
        var request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        form.ifPresent(sent -> request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(sent)));
        authorization.ifPresent(value -> request.header("Authorization", value));
        var answer = send(issuer, request, address);
        return new Answer(answer.statusCode(), answer.body());
    }

    private HttpResponse<String> send(AccessRules.Issuer issuer, HttpRequest.Builder request, URI address)
            throws IOException {
        try {
            var answer = client(issuer).send("issuer " + issuer.issuer().getHost(), request, DEADLINE);
            if (answer.body().length() > MOST_CHARACTERS) {
                throw new IOException(address + " answered with more than " + MOST_CHARACTERS + " characters");
            }
            return answer;
        } catch (HttpCallException | TlsFilesException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private TracedHttpClient client(AccessRules.Issuer issuer) throws TlsFilesException {
        var authorities = issuer.authorities();
        return authorities.isEmpty()
                ? plain
                : clients.computeIfAbsent(
                                authorities.get(),
                                file -> new TlsClient(plain, new TlsFiles(Optional.of(file), Optional.empty())))
                        .current();
    }
}
