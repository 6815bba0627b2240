package dev.portcullis.analysis.inspection;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A metric source as one looks at it to find faults, and not to measure. Thread-safe. */
public interface SourceInspection {
    /**
     * What it has now.
     *
     * @return empty when it can be reached, but not be looked into
     * @throws InspectionException when it cannot be looked at
     */
    Optional<SourceSnapshot> look();

    /** Where its address is configured, for messages. */
    default String configuredIn() {
        return "connectionDetails of its DataSource";
    }

    /** How many series a query may select at most; empty when there is no limit. */
    default OptionalInt mostSeries() {
        return OptionalInt.empty();
    }

    /** How far its clock is ahead of the one here, to a second or so; empty when it does not tell. */
    default Optional<Duration> clockAhead() {
        return Optional.empty();
    }
}
