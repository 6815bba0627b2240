package dev.portcullis.rollback.cluster;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The API server of one cluster: each request is sent once, passes the circuit breaker {@code kubernetes:<cluster>}, and is a client span whose context
 * goes along as W3C {@code traceparent}. Blocks the calling (virtual) thread for the cluster's timeout at most. Thread-safe.
 */
final class ApiServer implements AutoCloseable {
    private final ClusterSettings settings;
    private final ApiConnection connection;
    private final OpenTelemetry telemetry;
    private final Breakers breakers;

    ApiServer(ClusterSettings settings, ApiConnection connection, OpenTelemetry telemetry, Breakers breakers) {
        this.settings = settings;
        this.connection = connection;
        this.telemetry = telemetry;
        this.breakers = breakers;
    }

    /** Any status is an answer. */
    ApiResponse send(ApiRequest request) throws ClusterException {
        var breaker = breakers.of("kubernetes:" + settings.name());
        try {
            breaker.acquirePermission();
        } catch (CallNotPermittedException e) {
            throw fault(request, Fault.BREAKER_OPEN, "not sent, since the cluster's circuit breaker is open");
        }
        var uri = connection.address(request);
        var span = begin(request, uri);
        try (var scope = span.makeCurrent()) {
            return counted(breaker, span, request, traced(request, uri));
        } catch (ClusterException e) {
            span.setStatus(StatusCode.ERROR, e.fault().name());
            throw e;
        } finally {
            span.end();
        }
    }

    private ApiResponse counted(CircuitBreaker breaker, Span span, ApiRequest request, HttpRequest sent)
            throws ClusterException {
        var begin = breaker.getCurrentTimestamp();
        try {
            var response = connection.exchange(sent);
            span.setAttribute("http.response.status_code", response.status());
            var nanos = breaker.getCurrentTimestamp() - begin;
            if (response.isServersFault()) {
                span.setStatus(StatusCode.ERROR);
                breaker.onError(nanos, TimeUnit.NANOSECONDS, new IOException("status " + response.status()));
            } else {
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
            return response;
        } catch (IOException e) {
            breaker.onError(breaker.getCurrentTimestamp() - begin, TimeUnit.NANOSECONDS, e);
            throw fault(request, ConnectionFault.of(e), connection.fault().text(e));
        } catch (InterruptedException e) {
            breaker.releasePermission();
            Thread.currentThread().interrupt();
            throw fault(request, Fault.BROKEN, "interrupted");
        }
    }

    private HttpRequest traced(ApiRequest request, URI uri) {
        var built = connection.request(request, uri);
        W3CTraceContextPropagator.getInstance()
                .inject(Context.current(), built, (to, key, value) -> to.setHeader(key, value));
        return built.build();
    }

    private Span begin(ApiRequest request, URI uri) {
        return telemetry
                .getTracer("dev.portcullis")
                .spanBuilder(request.method())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", request.method())
                .setAttribute("url.full", uri.toString())
                .setAttribute("server.address", String.valueOf(uri.getHost()))
                .setAttribute("server.port", (long) uri.getPort())
                .setAttribute("k8s.cluster.name", settings.name())
                .startSpan();
    }

    ClusterException fault(ApiRequest request, ApiResponse response) {
        var reason = response.reason();
        var text = "answered " + response.status() + (reason.isEmpty() ? "" : ": " + reason);
        return new ClusterException(response.fault(), told(request, text), response.retryAfter());
    }

    ClusterException fault(ApiRequest request, Fault fault, String text) {
        return new ClusterException(fault, told(request, text));
    }

    private String told(ApiRequest request, String text) {
        return "cluster '" + settings.name() + "': " + request + ": " + text;
    }

    /** Ends the connections once the requests under way have ended; a new one is not sent. */
    void retire() {
        connection.retire();
    }

    @Override
    public void close() {
        connection.close();
    }
}
