package dev.portcullis.benchmarks.load;

import dev.portcullis.benchmarks.load.AnswerCheck.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What a load brought back: latencies of the measured valid answers, and every kind of answer with its number. Not thread-safe. */
public final class LoadResult {
    private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
    private final Map<Finding, Long> kinds = new HashMap<>();
    private final Duration measured;

    LoadResult(Duration measured) {
        this.measured = measured;
    }

    void latency(long nanos) {
        latencies.recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void count(Finding finding) {
        kinds.merge(finding, 1L, Long::sum);
    }

    void add(LoadResult other) {
        latencies.add(other.latencies);
        other.kinds.forEach((kind, number) -> kinds.merge(kind, number, Long::sum));
    }

    /** Valid answers in the measured time, per second. */
    public double answersPerSecond() {
        return latencies.getTotalCount() * 1e9 / measured.toNanos();
    }

    /** Milliseconds within which this share of the valid answers came, in percent; 0 when there was none. */
    public double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /** Milliseconds that the slowest of the valid answers took, exact to a thousandth; 0 when there was none. */
    public double longestMillis() {
        return latencies.getMaxValue() / NANOS_PER_MILLI;
    }

    /** How many valid answers there are in the measured time. */
    public long answers() {
        return latencies.getTotalCount();
    }

    /** Answers that were not valid or did not come, those of the warm-up too. */
    public long errors() {
        return kinds.entrySet().stream()
                .filter(entry -> !entry.getKey().valid())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Every kind of answer with its number: valid ones of the measured time, others of the warm-up too. */
    public Map<Finding, Long> kinds() {
        return Map.copyOf(kinds);
    }
}
