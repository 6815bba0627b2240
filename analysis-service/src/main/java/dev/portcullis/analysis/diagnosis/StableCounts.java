package dev.portcullis.analysis.diagnosis;

import dev.portcullis.analysis.metric.LabelMatcher;
import dev.portcullis.analysis.metric.LabelMatcher.Operator;
import dev.portcullis.analysis.metric.Sample;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.wording.Numbers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the pods that run now have counted of one objective.
 *
 * @param bad bad requests, of a latency those slower than the boundary at which a canary fails
 * @param total all requests
 * @param since when, in words, e.g. "in the last 1 h"
 */
record StableCounts(double bad, double total, String since) {
    /** Long enough for what is rare, and short enough for the version that runs now. */
    static final Duration LOOK_BACK = Duration.ofHours(1);

    private static final String LAST = "in the last " + Numbers.duration(LOOK_BACK);
    private static final String EVER = "since its pods were started";

    /** Of a ratio. */
    static StableCounts ofRatio(Seen part, Seen total) {
        Optional<Past> parts = part.past();
        Optional<Past> totals = total.past();
        boolean history = parts.isPresent() && totals.isPresent();
        double counted = history ? parts.get().increase() : part.sum();
        double all = history ? totals.get().increase() : total.sum();
        double bad = part.query().is(Query.BAD) ? counted : all - counted;
        return new StableCounts(Math.clamp(bad, 0, Math.max(0, all)), all, history ? LAST : EVER);
    }

    /** Of a latency; empty for native histograms and where no boundary is of use. */
    static Optional<StableCounts> ofLatency(LatencyIndicator latency, Seen seen) {
        OptionalDouble fail = BucketBounds.of(seen.samples()).fail(latency.threshold());
        if (fail.isEmpty()) {
            return Optional.empty();
        }
        boolean history = seen.past().isPresent();
        double fast = upTo(seen, fail.getAsDouble(), history);
        double all = upTo(seen, Double.POSITIVE_INFINITY, history);
        return Optional.of(new StableCounts(Math.clamp(all - fast, 0, Math.max(0, all)), all, history ? LAST : EVER));
    }

    private static double upTo(Seen seen, double boundary, boolean history) {
        if (!history) {
            return sum(seen.samples().stream()
                    .filter(sample -> BucketBounds.boundary(sample)
                            .filter(le -> le == boundary)
                            .isPresent())
                    .toList());
        }
        return BucketBounds.spellings(seen.samples(), boundary).stream()
                .map(le -> new LabelMatcher(BucketBounds.LABEL, Operator.EQUAL, le))
                .flatMap(bucket -> seen.snapshot().past(seen.query().selector().with(bucket), LOOK_BACK).stream())
                .mapToDouble(Past::increase)
                .sum();
    }

    static double sum(List<Sample> samples) {
        return samples.stream()
                .mapToDouble(Sample::value)
                .filter(value -> value >= 0 && value < Double.POSITIVE_INFINITY)
                .sum();
    }

    double ratio() {
        return total > 0 ? bad / total : 0;
    }
}
