package dev.portcullis.analysis.source.datadog;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The counts of one query, added up since it was first asked: what makes counters of intervals. Immutable.
 *
 * @param since when it was begun; the settled end of the first answer
 * @param upTo end of the last interval counted
 * @param totals by the tags of the series
 */
record RunningTotals(Instant since, Instant upTo, Map<Map<String, String>, Double> totals) {
    RunningTotals {
        totals = Map.copyOf(totals);
    }

    /** A starting point: every series there is, and nothing counted. */
    static RunningTotals begin(Instant upTo, CountQueryResult.Counts seen) {
        Map<Map<String, String>, Double> none = new HashMap<>();
        seen.series().forEach(series -> none.put(series.tags(), 0.0));
        return new RunningTotals(upTo, upTo, none);
    }

    /** With the intervals from {@link #upTo} to {@code to}. */
    RunningTotals plus(CountQueryResult.Counts more, Instant to) {
        Map<Map<String, String>, Double> sums = new HashMap<>(totals);
        more.series().forEach(series -> sums.merge(series.tags(), series.between(upTo, to), Double::sum));
        return new RunningTotals(since, to, sums);
    }
}
