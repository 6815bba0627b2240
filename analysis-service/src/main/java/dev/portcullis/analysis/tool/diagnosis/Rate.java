package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.inspection.TimedSample;
import dev.portcullis.analysis.metric.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Requests per second between two looks. */
final class Rate {
    private Rate() {}

    /**
     * Of counters, or of the histograms whose buckets they are. Each series counts by the times of its own two readings; one that is new counts from the first
     * reading of all.
     *
     * @return empty where no time passed between two readings, since the clock was set back
     */
    static OptionalDouble between(List<TimedSample> before, List<TimedSample> after) {
        Map<Map<String, String>, TimedSample> earlier = new HashMap<>();
        before.forEach(timed -> earlier.put(timed.sample().labels(), timed));
        Instant first = before.stream()
                .map(TimedSample::time)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        double rate = 0;
        for (TimedSample now : after) {
            if (countsRequests(now.sample())) {
                TimedSample then = earlier.getOrDefault(now.sample().labels(), absent(now, first));
                rate += perSecond(then, now);
            }
        }
        return Double.isNaN(rate) ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    private static TimedSample absent(TimedSample now, Instant first) {
        return new TimedSample(new Sample(now.sample().labels(), 0), first);
    }

    /** NaN where no time passed. */
    private static double perSecond(TimedSample then, TimedSample now) {
        if (!then.time().isBefore(now.time())) {
            return Double.NaN;
        }
        double seconds = Duration.between(then.time(), now.time()).toNanos() / 1e9;
        double before = then.sample().value();
        double value = now.sample().value();
        return Double.isFinite(before) && Double.isFinite(value) ? grown(before, value) / seconds : 0;
    }

    /** The last of the buckets of a histogram, which has all requests. */
    private static boolean countsRequests(Sample sample) {
        return BucketBounds.boundary(sample).filter(Double::isFinite).isEmpty();
    }

    /** A counter that fell was restarted. */
    private static double grown(double before, double now) {
        return Math.max(0, now >= before ? now - before : now);
    }
}
