package dev.portcullis.analysis.diagnosis;

import java.time.Duration;
import java.util.Map;

/**
 * What became of the series of a query in some time up to now.
 *
 * @param time how long
 * @param increase of all of them together; as far as a source estimates, an estimate
 * @param falls how often the value of one of them fell, of the one that fell most
 * @param fellMost the labels of that one, as far as the source tells
 */
public record Past(Duration time, double increase, double falls, Map<String, String> fellMost) {
    /** Keeps its own copy. */
    public Past {
        fellMost = Map.copyOf(fellMost);
    }
}
