package dev.portcullis.analysis.inspection;

import dev.portcullis.analysis.query.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a source has at one moment. Every method throws {@link InspectionException} when the source cannot be asked. Thread-safe; may
 * block for seconds.
 */
public interface SourceSnapshot {
    /** The series a query selects. */
    SelectedSeries inspect(Selector selector);

    /** What a metric was declared to be, by the name of its series. */
    MetricType type(String metric);

    /** The names of all metrics there are. */
    SortedSet<String> metrics();

    /** What could not be read although it should be there, one line each. */
    default List<String> missing() {
        return List.of();
    }

    /**
     * What became of the series of a query in the time before; empty when the source keeps no history.
     *
     * @param armLabel the label that tells versions apart
     */
    default Optional<SeriesHistory> history(Selector selector, String armLabel, Duration time) {
        return Optional.empty();
    }
}
