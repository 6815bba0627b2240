package dev.portcullis.analysis.detection;

import dev.portcullis.analysis.slo.Rhythm;
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
    static List<Slot> of(Rhythm rhythm) {
        long poll = rhythm.poll().toMillis();
        long window = poll * Math.ceilDiv(rhythm.window().toMillis(), poll);
        long deadline = rhythm.deadline().toMillis();
        return LongStream.iterate(0, start -> start < deadline, start -> start + window)
                .mapToObj(start -> of(start, Math.min(start + window, deadline), rhythm))
                .toList();
    }

    private static Slot of(long start, long end, Rhythm rhythm) {
        long warm = Math.max(start, rhythm.warmUp().toMillis());
        return new Slot(
                Duration.ofMillis(end),
                seconds(Math.max(0, end - warm)),
                seconds(end - start),
                end >= rhythm.bake().toMillis());
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
