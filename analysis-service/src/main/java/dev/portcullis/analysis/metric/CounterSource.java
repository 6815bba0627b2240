package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.SeriesQuery;
import java.time.Instant;
import java.util.List;

/** Something that holds raw cumulative counters, such as a Prometheus server. Thread-safe; blocks for some seconds at most. */
public interface CounterSource {
    /**
     * The value of every series that the queries mean, all at the same moment as far as the source can. The queries may be those of
     * many analyses, so that a source can answer them together. Says what it saw and judges nothing; never throws for what the other
     * side does.
     *
     * @param moment when the counters are wanted; now or a moment ago. A source that knows only the present gives that.
     * @return what each query gave, in the order of the queries. A series that the query would mean and that lacks the label of the arms altogether is given too, where the source can tell that
     *     from a label with an empty value
     */
    List<SourceReading> read(List<SeriesQuery> queries, Instant moment);
}
