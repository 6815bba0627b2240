package dev.portcullis.analysis.telemetry;

import dev.portcullis.analysis.run.TraceContinuation;
import dev.portcullis.kit.telemetry.TraceLink;
import java.util.List;
import java.util.function.Supplier;

/** Traces by way of the kit. Thread-safe. */
public final class LinkedTraceContinuation implements TraceContinuation {
    private final TraceLink traces;

    public LinkedTraceContinuation(TraceLink traces) {
        this.traces = traces;
    }

    @Override
    public <T> T continuing(String traceparent, String name, Supplier<T> work) {
        return traces.continuing(traceparent, name, work);
    }

    @Override
    public <T> T joining(List<String> traceparents, String name, Supplier<T> work) {
        return traces.joining(traceparents, name, work);
    }
}
