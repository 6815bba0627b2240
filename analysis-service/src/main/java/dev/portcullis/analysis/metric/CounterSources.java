package dev.portcullis.analysis.metric;

import java.util.Optional;

/** The sources known now, by name. Thread-safe; what it answers may change from call to call. */
public interface CounterSources {
    /** The source an indicator names; empty when it was taken out of the configuration. */
    Optional<CounterSource> source(String name);
}
