package dev.portcullis.analysis.source;

import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.Optional;

/** A kind of metric source, as {@code type} in an OpenSLO document names it. Thread-safe. */
public interface SourceKind {
    /** Its name, e.g. "Prometheus". */
    String name();

    /**
     * Reads the {@code connectionDetails} of a DataSource; opens nothing. Empty after a fault.
     *
     * @param source the DataSource's name
     */
    Optional<SourceDefinition> define(String source, YamlMapping connectionDetails, Faults faults);

    /** The label by which its series usually name the service that they are of, as in a first configuration that is written for a user. */
    default String serviceLabel() {
        return "service";
    }

    /** The source of an indicator that names this kind and no DataSource; empty when the kind has none. */
    default Optional<SourceDefinition> defaultSource() {
        return Optional.empty();
    }
}
