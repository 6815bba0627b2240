package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.SeriesQuery;
import java.util.List;

/** A source that keeps what its counters were, so that readings missed while something was down can be made up for. Thread-safe. */
public interface RecordedSource extends CounterSource {
    /**
     * What {@link #read} would have given at moments of the past.
     *
     * @return in the order of the moments, and of the queries in each
     */
    List<List<SourceReading>> readPast(List<SeriesQuery> queries, Moments moments);
}
