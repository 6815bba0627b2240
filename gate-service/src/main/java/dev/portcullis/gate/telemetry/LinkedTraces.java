package dev.portcullis.gate.telemetry;

import dev.portcullis.gate.trace.Traces;
import dev.portcullis.kit.telemetry.TraceLink;
import java.util.function.Supplier;

/** The traces of OpenTelemetry's current context. Thread-safe. */
public final class LinkedTraces implements Traces {
    private final TraceLink link;

    public LinkedTraces(TraceLink link) {
        this.link = link;
    }

    @Override
    public String traceparent() {
        return TraceLink.current();
    }

    @Override
    public String traceId() {
        return TraceLink.currentTraceId();
    }

    @Override
    public <T> T continuing(String traceparent, String span, Supplier<T> work) {
        return link.continuing(traceparent, span, work);
    }
}
