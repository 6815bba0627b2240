package dev.portcullis.kit.http;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.RequestSource;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/**
 * The server span of an HTTP request to the API or the console: continues the caller's trace and follows the request from thread to thread, and so do where the request came
 * from and who makes it. Thread-safe.
 */
@ServerFilter({"/v1/**", "/audit/**", "/console", "/console/**"})
final class ServerTracing {
    private static final String SPAN = "portcullis.span";
    private static final int SERVER_ERROR = 500;
    private static final TextMapGetter<HttpRequest<?>> HEADERS = new HeaderGetter();

    private final OpenTelemetry telemetry;

    ServerTracing(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    @RequestFilter
    void begin(HttpRequest<?> request, MutablePropagatedContext context) {
        var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        var span = telemetry
                .getTracer("dev.portcullis")
                .spanBuilder(request.getMethodName() + " " + request.getPath())
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.getMethodName())
                .setAttribute("url.path", request.getPath())
                .startSpan();
        request.setAttribute(SPAN, span);
        context.add(new CurrentRequest(parent.with(span), source(request), RequestCaller.of(request)));
    }

    static RequestSource source(HttpRequest<?> request) {
        var headers = request.getHeaders();
        return new RequestSource(
                "HTTP " + request.getMethodName() + " " + request.getPath(),
                RequestSource.address(request.getRemoteAddress()),
                headers.getFirst("User-Agent").orElse(""),
                headers.getFirst("X-Request-Id").orElse(""));
    }

    @ResponseFilter
    void end(HttpRequest<?> request, @Nullable HttpResponse<?> response, @Nullable Throwable failure) {
        request.removeAttribute(SPAN, Span.class).ifPresent(span -> {
            if (response != null) {
                span.setAttribute("http.response.status_code", response.code());
            }
            if (failure != null || (response != null && response.code() >= SERVER_ERROR)) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        });
    }

    /** Makes the request's context and source current on every thread that works for it. */
    private record CurrentRequest(Context context, RequestSource source, Caller caller)
            implements ThreadPropagatedContextElement<Scope> {
        @Override
        @SuppressWarnings("MustBeClosedChecker") // the framework closes it, in restoreThreadContext
        public Scope updateThreadContext() {
            var scope = context.makeCurrent();
            // In this order: a gRPC context brings the context of the trace along that it was made under.
            var current = CallCaller.with(source.context(), caller);
            var before = current.attach();
            return () -> {
                current.detach(before);
                scope.close();
            };
        }

        @Override
        public void restoreThreadContext(Scope scope) {
            scope.close();
        }
    }

    private static final class HeaderGetter implements TextMapGetter<HttpRequest<?>> {
        @Override
        public Iterable<String> keys(HttpRequest<?> request) {
            return request.getHeaders().names();
        }

        @Override
        public @Nullable String get(@Nullable HttpRequest<?> request, String key) {
            return request == null ? null : request.getHeaders().get(key);
        }
    }
}
