package dev.portcullis.analysis.fold;

import dev.portcullis.analysis.fold.ReadingChecks.Doubt;
import dev.portcullis.analysis.metric.PodCounters;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.metric.SeriesText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A series of a pod that was there and is not there any more, while others of the same process go on. What it counts by now nobody knows: without it, failed requests may be
 * missing, or good ones. Series of a source that adds up by itself come with the next event, and are not meant.
 */
final class VanishedSeries {
    private VanishedSeries() {}

    /** A series that is missing of a process that served; the pod is counted again when it is back. */
    static @Nullable Doubt<PodCounters> gone(PodChange pod) {
        String gone = pod.restarted() ? null : gone(pod.last, pod.seen);
        String grown = gone == null ? null : grown(pod.last, pod.seen);
        return grown == null
                ? null
                : new Doubt<>(
                        "its counter " + gone + ", is gone, while " + grown
                                + "; it is counted again when that counter is back, or its process was restarted",
                        pod.last);
    }

    private static @Nullable String gone(PodCounters last, PodCounters seen) {
        String gone = gone(last.total(), seen.total());
        for (int i = 0; gone == null && i < seen.parts().size(); i++) {
            gone = gone(last.parts().get(i), seen.parts().get(i));
        }
        return gone;
    }

    private static @Nullable String gone(Map<String, Double> last, Map<String, Double> seen) {
        return last.keySet().stream()
                .filter(series -> !seen.containsKey(series) && !series.contains(Sample.SINCE + "=\""))
                .min(String::compareTo)
                .map(series -> SeriesText.key(series) + ", last " + SeriesText.value(last.getOrDefault(series, 0.0)))
                .orElse(null);
    }

    private static @Nullable String grown(PodCounters last, PodCounters seen) {
        String grown = grown(last.total(), seen.total());
        for (int i = 0; grown == null && i < seen.parts().size(); i++) {
            grown = grown(last.parts().get(i), seen.parts().get(i));
        }
        return grown;
    }

    private static @Nullable String grown(Map<String, Double> last, Map<String, Double> seen) {
        return seen.keySet().stream()
                .filter(series -> seen.getOrDefault(series, 0.0) > last.getOrDefault(series, 0.0))
                .min(String::compareTo)
                .map(series -> SeriesText.key(series) + " went on from "
                        + SeriesText.value(last.getOrDefault(series, 0.0)) + " to "
                        + SeriesText.value(seen.getOrDefault(series, 0.0)))
                .orElse(null);
    }
}
