package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.http.RetryAfter;
import dev.portcullis.rollback.cluster.ConnectionFault.NotSentException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * fabric8's HTTP client of one cluster, which adds the credentials and renews them. An exchange has a deadline for all of it: finding the credentials,
 * which may run a program the kubeconfig names, sending, and reading the answer. Thread-safe.
 */
final class ApiConnection implements AutoCloseable {
    /** So that the client's own timeout, which knows whether there was a connection, comes first. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final URI root;
    private final HttpClient client;
    private final Duration connectLimit;
    private final Duration timeout;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param clock tells what a Retry-After with a date means */
    ApiConnection(Config access, Duration timeout, Clock clock) {
        this.root = URI.create(access.getMasterUrl());
        this.client = new NoRedirectClientFactory().newBuilder(access).build();
        this.connectLimit = Duration.ofMillis(access.getConnectionTimeout());
        this.timeout = timeout;
        this.clock = clock;
    }

    /** What an exchange that throws means, in words. */
    ConnectionFault fault() {
        var port = root.getPort() >= 0 ? root.getPort() : root.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
        return new ConnectionFault(root.getHost() + ":" + port, connectLimit, timeout);
    }

    URI address(ApiRequest request) {
        return root.resolve(request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
    }

    HttpRequest.Builder request(ApiRequest request, URI uri) {
        // The client sends a GET when it is told of no method, whatever was meant: it is told with every request, with
        // a body or without.
        return client.newHttpRequestBuilder()
                .uri(uri)
                .timeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .header("Accept", "application/json")
                .method(
                        request.method(),
                        request.body().map(ApiRequest.Body::contentType).orElse(null),
                        request.body().map(ApiRequest.Body::text).orElse(null));
    }

    ApiResponse exchange(HttpRequest request) throws IOException, InterruptedException {
        var exchange = submitted(request);
        try {
            return exchange.get(timeout.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the exchange did not end in time");
        } catch (ExecutionException e) {
            throw causeOf(e);
        } finally {
            exchange.cancel(true);
        }
    }

    private Future<ApiResponse> submitted(HttpRequest request) throws NotSentException {
        try {
            return threads.submit(() -> response(request));
        } catch (RejectedExecutionException e) {
            throw new NotSentException("the way to the cluster was closed");
        }
    }

    private ApiResponse response(HttpRequest request) throws IOException, InterruptedException, ExecutionException {
        var content = new ByteArrayOutputStream();
        var head = begun(request, content).get();
        var body = head.body();
        try {
            body.consume();
            body.done().get();
            var wait = Optional.ofNullable(head.header("Retry-After")).orElse("");
            return ApiResponse.of(head.code(), content.toByteArray(), RetryAfter.parse(wait, clock.instant()));
        } finally {
            body.cancel();
        }
    }

    private CompletableFuture<HttpResponse<AsyncBody>> begun(HttpRequest request, ByteArrayOutputStream content)
            throws NotSentException {
        try {
            return client.consumeBytes(request, (parts, body) -> {
                append(content, parts);
                body.consume();
            });
        } catch (RuntimeException e) {
            // Without its message, which may show what a program for credentials printed.
            throw new NotSentException("no credentials (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static void append(ByteArrayOutputStream content, List<ByteBuffer> parts) {
        for (var part : parts) {
            var bytes = new byte[part.remaining()];
            part.get(bytes);
            content.writeBytes(bytes);
        }
    }

    private static IOException causeOf(ExecutionException e) {
        Throwable cause = e;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException fault
                ? fault
                : new IOException(cause.getClass().getSimpleName());
    }

    void retire() {
        Thread.ofVirtual().start(() -> {
            threads.close();
            client.close();
        });
    }

    @Override
    public void close() {
        client.close();
        threads.shutdownNow();
    }
}
