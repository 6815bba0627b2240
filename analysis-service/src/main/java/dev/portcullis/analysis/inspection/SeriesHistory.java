package dev.portcullis.analysis.inspection;

import java.time.Duration;
import java.util.Map;

/**
 * What became of the series of a query in some time up to now.
 *
 * @param time how far back samples of them reach, above 0 and at most as far as was asked for
 * @param increases of all series of a version together, by the version's value of the label that tells versions apart, of versions that are gone by now too;
 *     as far as a source estimates, estimates. Series without the label are left out
 * @param falls how often the value of one of them fell, of the one that fell most
 * @param fellMost the labels of that one, as far as the source tells
 */
public record SeriesHistory(Duration time, Map<String, Double> increases, double falls, Map<String, String> fellMost) {
    /** Keeps its own copies. */
    public SeriesHistory {
        increases = Map.copyOf(increases);
        fellMost = Map.copyOf(fellMost);
    }

    /** The increase of all versions together, per second. */
    public double perSecond() {
        double increase =
                increases.values().stream().mapToDouble(Double::doubleValue).sum();
        return increase * 1000 / time.toMillis();
    }
}
