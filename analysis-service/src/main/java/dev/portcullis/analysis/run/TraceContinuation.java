package dev.portcullis.analysis.run;

import java.util.List;
import java.util.function.Supplier;

/** The traces in which analyses began, continued by their later polls. Thread-safe. */
public interface TraceContinuation {
    /**
     * Does work as a part of that trace.
     *
     * @param traceparent W3C trace context; empty begins a new trace
     * @param name what the part is called
     */
    <T> T continuing(String traceparent, String name, Supplier<T> work);

    /**
     * Does work for many analyses, in a trace of its own that is linked to theirs.
     *
     * @param traceparents of the analyses
     * @param name what the work is called
     */
    <T> T joining(List<String> traceparents, String name, Supplier<T> work);
}
