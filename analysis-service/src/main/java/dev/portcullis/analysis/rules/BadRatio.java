package dev.portcullis.analysis.rules;

import dev.portcullis.analysis.query.Selector;
import dev.portcullis.analysis.slo.Indicator;
import dev.portcullis.analysis.slo.LatencyIndicator;
import dev.portcullis.analysis.slo.RatioIndicator;
import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The ratio of bad requests in PromQL. Without requests it has no value, rather than 0 or NaN.
 *
 * <p>Here {@code rate()} is right, as it is not where a verdict counts: a rule looks at sums over whole windows, and bad and all
 * requests are extrapolated alike.
 *
 * @param bad selects the bad requests; null when good is given
 * @param good selects the good requests; null when bad is given
 * @param total selects all requests
 * @param partMayBeMissing whether the series of bad or good requests begin with the first such request; before there was none
 */
record BadRatio(@Nullable Selector bad, @Nullable Selector good, Selector total, boolean partMayBeMissing) {
    /** The ratio of an indicator. */
    static BadRatio of(Indicator indicator) {
        return switch (indicator) {
            case RatioIndicator ratio -> new BadRatio(ratio.bad(), ratio.good(), ratio.total(), true);
            case LatencyIndicator latency -> {
                Selector buckets = latency.histogram();
                Selector good = BoundaryLabel.at(buckets, latency.threshold());
                // A bucket that nothing fell into is there, so one that is missing is no boundary: then there is no
                // ratio.
                yield new BadRatio(null, good, BoundaryLabel.all(buckets), false);
            }
        };
    }

    /** Bad requests of the window per request of it. */
    String over(Duration window) {
        String all = rate(total, window);
        String ratio = bad == null ? "(" + all + " - " + part(good, window) + ")" : part(bad, window);
        return ratio + " / (" + all + " > 0)";
    }

    /** Selects series without which nothing can be counted. */
    String witness() {
        Selector witness = partMayBeMissing || good == null ? total : good;
        return witness.render();
    }

    private String part(@Nullable Selector selector, Duration window) {
        if (selector == null) {
            throw new IllegalStateException("neither good nor bad is given");
        }
        String rate = rate(selector, window);
        return partMayBeMissing ? "(" + rate + " or vector(0))" : rate;
    }

    private static String rate(Selector selector, Duration window) {
        return "sum(rate(" + selector.render() + "[" + DurationText.compact(window) + "]))";
    }
}
