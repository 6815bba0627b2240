package dev.portcullis.analysis.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A series of a pod that was there and is not there any more, while others of the same process go on. What it counts by now nobody knows: without it, failed requests may be
 * missing, or good ones. Series of a source that adds up by itself come with the next event, and are not meant. Stateless.
 */
final class VanishedSeries {
    private VanishedSeries() {}

    /** Why a pod cannot be counted, with one such series; null when none is missing, or when nothing was served. */
    static @Nullable String fault(PodCounters last, PodCounters seen) {
        String gone = gone(last.total(), seen.total());
        for (int i = 0; gone == null && i < seen.parts().size(); i++) {
            gone = gone(last.parts().get(i), seen.parts().get(i));
        }
        String grown = gone == null ? null : anyGrown(last, seen);
        return grown == null
                ? null
                : "its counter " + gone + ", is gone, while " + grown
                        + "; it is counted again when that counter is back, or its process was restarted";
    }

    private static @Nullable String gone(Map<String, Double> last, Map<String, Double> seen) {
        return last.keySet().stream()
                .filter(series -> !seen.containsKey(series) && !series.contains(Sample.SINCE + "=\""))
                .min(String::compareTo)
                .map(series -> SeriesText.key(series) + ", last " + SeriesText.value(last.getOrDefault(series, 0.0)))
                .orElse(null);
    }

    private static @Nullable String anyGrown(PodCounters last, PodCounters seen) {
        return Stream.concat(
                        Stream.of(grown(last.total(), seen.total())),
                        Stream.iterate(0, i -> i < seen.parts().size(), i -> i + 1)
                                .map(i ->
                                        grown(last.parts().get(i), seen.parts().get(i))))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String grown(Map<String, Double> last, Map<String, Double> seen) {
        return new TreeMap<>(seen)
                .entrySet().stream()
                        .filter(series -> series.getValue() > last.getOrDefault(series.getKey(), 0.0))
                        .map(series -> SeriesText.key(series.getKey()) + " went on from "
                                + SeriesText.value(last.getOrDefault(series.getKey(), 0.0)) + " to "
                                + SeriesText.value(series.getValue()))
                        .findFirst()
                        .orElse("");
    }
}
