package dev.portcullis.gate.trace;

import java.util.function.Supplier;

/** The trace the present work belongs to, and traces stored beside work that is done later. Thread-safe. */
public interface Traces {
    /** W3C traceparent of the present work; empty when it is not traced. */
    String traceparent();

    /** Trace id of the present work, 32 hex digits; empty when it is not traced. */
    String traceId();

    /**
     * Runs work as a part of a stored trace.
     *
     * @param traceparent what {@link #traceparent()} once answered; empty begins a new trace
     * @param span name of the work
     */
    <T> T continuing(String traceparent, String span, Supplier<T> work);
}
