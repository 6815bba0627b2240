package dev.portcullis.analysis.run;

import java.util.function.Supplier;

/** The trace in which an analysis began, continued by its later polls. Thread-safe. */
@FunctionalInterface
public interface TraceContinuation {
    /**
     * Does work as a part of that trace.
     *
     * @param traceparent W3C trace context; empty begins a new trace
     * @param name what the part is called
     */
    <T> T continuing(String traceparent, String name, Supplier<T> work);
}
