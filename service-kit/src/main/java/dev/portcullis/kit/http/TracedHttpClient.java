package dev.portcullis.kit.http;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.LimitedText.TooLargeException;
import dev.portcullis.kit.tls.TlsFault;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The HTTP client of a service: every exchange has a deadline, passes the circuit breaker of its downstream, and is a client span whose context goes along as
 * W3C {@code traceparent}. Blocks the calling (virtual) thread. Thread-safe.
 */
public final class TracedHttpClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    /** So that the client's own timeout, which knows whether there was a connection, comes first. */
    private static final Duration BODY_GRACE = Duration.ofMillis(100);

    private static final long MAX_BODY_BYTES = 64L << 20;
    private static final int SERVER_ERROR = 500;

    private final HttpClient client;
    private final OpenTelemetry telemetry;
    private final Breakers breakers;

    public TracedHttpClient(OpenTelemetry telemetry, Breakers breakers) {
        this(telemetry, breakers, builder().build());
    }

    private TracedHttpClient(OpenTelemetry telemetry, Breakers breakers, HttpClient client) {
        this.telemetry = telemetry;
        this.breakers = breakers;
        this.client = client;
    }

    private static HttpClient.Builder builder() {
        // HTTP/1.1: an upgrade offer to h2c confuses small servers, and these exchanges gain nothing from it.
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    /** A client that trusts and identifies itself as {@code context} says, with the same tracing and circuit breakers. */
    public TracedHttpClient over(SSLContext context) {
        return new TracedHttpClient(
                telemetry, breakers, builder().sslContext(context).build());
    }

    /**
     * Sends a request and reads the answer whole (64 MiB at most).
     *
     * @param downstream names the circuit breaker; answers of 500 and above count as its failures
     * @param deadline for the whole exchange
     * @throws HttpCallException when there is no answer; any status is an answer
     */
    public HttpResponse<String> send(String downstream, HttpRequest.Builder request, Duration deadline)
            throws HttpCallException {
        var breaker = breakers.of(downstream);
        var uri = request.copy().build().uri();
        try {
            breaker.acquirePermission();
        } catch (CallNotPermittedException e) {
            throw new HttpCallException(
                    HttpCallException.Kind.BREAKER_OPEN, "circuit breaker '" + downstream + "' is open", e);
        }
        var span = begin(request.copy().build());
        try (var scope = span.makeCurrent()) {
            W3CTraceContextPropagator.getInstance()
                    .inject(Context.current(), request, (to, key, value) -> to.setHeader(key, value));
            return exchange(breaker, span, request.timeout(deadline).build());
        } catch (IOException e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
            throw classify(uri, deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpCallException(HttpCallException.Kind.BROKEN, address(uri) + ": interrupted", e);
        } finally {
            span.end();
        }
    }

    /** Drops the circuit breaker of a downstream that is no more, such as a pod that was deleted. */
    public void forget(String downstream) {
        breakers.forget(downstream);
    }

    private HttpResponse<String> exchange(CircuitBreaker breaker, Span span, HttpRequest request)
            throws IOException, InterruptedException {
        var begin = breaker.getCurrentTimestamp();
        try {
            var response = answer(request);
            span.setAttribute("http.response.status_code", response.statusCode());
            var nanos = breaker.getCurrentTimestamp() - begin;
            if (response.statusCode() >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
                breaker.onError(nanos, TimeUnit.NANOSECONDS, new IOException("status " + response.statusCode()));
            } else {
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
            return response;
        } catch (TooLargeException e) {
            // It did answer: what was asked is at fault.
            breaker.onSuccess(breaker.getCurrentTimestamp() - begin, TimeUnit.NANOSECONDS);
            throw e;
        } catch (IOException e) {
            breaker.onError(breaker.getCurrentTimestamp() - begin, TimeUnit.NANOSECONDS, e);
            throw e;
        } catch (InterruptedException e) {
            breaker.releasePermission();
            throw e;
        }
    }

    /** The request's own timeout ends with the head of the answer: a body that does not come is cut off here. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        var limit = request.timeout().orElseThrow().plus(BODY_GRACE);
        var body = new LimitedText(MAX_BODY_BYTES);
        var exchange = client.sendAsync(request, body);
        try {
            return exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the answer's body did not end in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException fault ? body.meaning(fault) : new IOException(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private Span begin(HttpRequest request) {
        return telemetry
                .getTracer("dev.portcullis")
                .spanBuilder(request.method())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", request.method())
                .setAttribute("url.full", address(request.uri()))
                .setAttribute("server.address", String.valueOf(request.uri().getHost()))
                .setAttribute("server.port", (long) request.uri().getPort())
                .startSpan();
    }

    private static HttpCallException classify(URI uri, Duration deadline, IOException e) {
        if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException) {
            return new HttpCallException(
                    HttpCallException.Kind.CONNECT, address(uri) + ": connection refused or not answered", e);
        }
        if (e instanceof HttpTimeoutException) {
            return new HttpCallException(
                    HttpCallException.Kind.TIMEOUT,
                    address(uri) + ": no answer within " + deadline.toMillis() + " ms",
                    e);
        }
        if (e instanceof SSLException tls) {
            return new HttpCallException(HttpCallException.Kind.TLS, address(uri) + ": " + TlsFault.of(tls), e);
        }
        if (e instanceof TooLargeException) {
            return new HttpCallException(HttpCallException.Kind.TOO_LARGE, address(uri) + ": " + e.getMessage(), e);
        }
        return new HttpCallException(
                HttpCallException.Kind.BROKEN, address(uri) + ": " + String.valueOf(e.getMessage()), e);
    }

    /** Address without query and user info: those may hold secrets. */
    private static String address(URI uri) {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }
}
