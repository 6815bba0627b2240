package dev.portcullis.kit.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trace context that outlives a request: taken as a W3C {@code traceparent} text, stored beside durable work, and continued by whoever does the work.
 *
 * <p>Thread-safe.
 */
public final class TraceLink {
    /** As many as OpenTelemetry keeps of a span by default. */
    private static final int MOST_LINKS = 128;

    private static final String KEY = "traceparent";
    private static final TextMapGetter<Map<String, String>> FROM_MAP = new MapGetter();

    private final OpenTelemetry telemetry;

    public TraceLink(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The current span as {@code traceparent}; empty outside any span. */
    public static String current() {
        var carrier = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
        return carrier.getOrDefault(KEY, "");
    }

    /** The current trace id, 32 hex digits; empty outside any span. */
    public static String currentTraceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : "";
    }

    /**
     * Runs work inside a span that is a child of a stored context.
     *
     * @param traceparent what {@link #current()} gave, possibly in another process; empty or null begins a new trace
     * @param span name of the span
     */
    public <T> T continuing(@Nullable String traceparent, String span, Supplier<T> work) {
        var parent = context(traceparent);
        return within(parent, spanBuilder(span, parent).startSpan(), work);
    }

    /**
     * Runs work inside a span that begins a trace and is linked to stored contexts: work for many traces, and part of none.
     *
     * @param traceparents as above; the first {@value #MOST_LINKS} are linked
     */
    public <T> T joining(List<String> traceparents, String span, Supplier<T> work) {
        var builder = spanBuilder(span, Context.root());
        traceparents.stream()
                .map(traceparent -> Span.fromContext(context(traceparent)).getSpanContext())
                .filter(SpanContext::isValid)
                .limit(MOST_LINKS)
                .forEach(builder::addLink);
        return within(Context.root(), builder.startSpan(), work);
    }

    private static Context context(@Nullable String traceparent) {
        return traceparent == null || traceparent.isEmpty()
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), Map.of(KEY, traceparent), FROM_MAP);
    }

    private SpanBuilder spanBuilder(String span, Context parent) {
        return telemetry
                .getTracer("dev.portcullis")
                .spanBuilder(span)
                .setParent(parent)
                .setSpanKind(SpanKind.INTERNAL);
    }

    private static <T> T within(Context parent, Span span, Supplier<T> work) {
        try (var scope = parent.with(span).makeCurrent()) {
            return work.get();
        } catch (RuntimeException | Error e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }

    private static final class MapGetter implements TextMapGetter<Map<String, String>> {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
