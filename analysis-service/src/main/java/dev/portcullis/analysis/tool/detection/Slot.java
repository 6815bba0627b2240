package dev.portcullis.analysis.tool.detection;

import dev.portcullis.analysis.slo.AnalysisTiming;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The time of one window.
 *
 * @param end since the beginning of the release
 * @param canarySeconds in which the canary's requests count, 0 while it warms up
 * @param baselineSeconds in which the stable version's requests count
 * @param passAllowed whether the bake time is over at its end
 */
record Slot(Duration end, double canarySeconds, double baselineSeconds, boolean passAllowed) {
    /** The windows up to the deadline. A window is a whole number of polls; the last one is cut at the deadline. */
    static List<Slot> of(AnalysisTiming timing) {
        long poll = timing.poll().toMillis();
        long window = poll * Math.ceilDiv(timing.window().toMillis(), poll);
        long deadline = timing.deadline().toMillis();
        return LongStream.iterate(0, start -> start < deadline, start -> start + window)
                .mapToObj(start -> of(start, Math.min(start + window, deadline), timing))
                .toList();
    }

    private static Slot of(long start, long end, AnalysisTiming timing) {
        long warm = Math.max(start, timing.warmUp().toMillis());
        return new Slot(
                Duration.ofMillis(end),
                seconds(Math.max(0, end - warm)),
                seconds(end - start),
                end >= timing.bake().toMillis());
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
