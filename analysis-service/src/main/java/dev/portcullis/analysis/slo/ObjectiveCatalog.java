package dev.portcullis.analysis.slo;

import java.util.Optional;
import java.util.SortedSet;

/** The objectives known now. Thread-safe; what it answers may change from call to call. */
public interface ObjectiveCatalog {
    /** The objectives of a service; empty when no policy names it. */
    Optional<ServiceObjectives> find(String service);

    /** The services that have objectives. */
    SortedSet<String> services();
}
