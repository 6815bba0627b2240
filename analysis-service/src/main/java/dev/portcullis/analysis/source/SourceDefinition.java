package dev.portcullis.analysis.source;

import dev.portcullis.analysis.metric.CounterSource;

/** A source as configured, not yet open. Equal definitions mean the same source, so it need not be opened anew. Immutable. */
public interface SourceDefinition {
    /** Name of the source, unique. */
    String source();

    /** Opens it: no exchange happens before the first reading. What it holds is freed with it by the garbage collector. */
    CounterSource open();

    /** Whether it reads native histograms besides classic ones. */
    default boolean readsNativeHistograms() {
        return false;
    }
}
