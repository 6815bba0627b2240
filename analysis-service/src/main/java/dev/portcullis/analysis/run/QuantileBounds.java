package dev.portcullis.analysis.run;

import dev.portcullis.analysis.stats.ConfidenceInterval;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Where a quantile of the canary's latency lies, between two bucket boundaries: never interpolated.
 *
 * @param quantile inside (0, 1)
 * @param lower the quantile is above this boundary; empty where that is not shown of any
 * @param upper the quantile is at most this boundary; empty where that is not shown of any
 */
public record QuantileBounds(double quantile, OptionalDouble lower, OptionalDouble upper) {
    private static final double[] SHOWN = {0.5, 0.9, 0.95, 0.99};

    /**
     * The usual quantiles.
     *
     * @param boundaries fastest first
     * @param slower bounds on the ratio of requests slower than each boundary, which hold together
     */
    public static List<QuantileBounds> of(List<Double> boundaries, List<ConfidenceInterval> slower) {
        return DoubleStream.of(SHOWN)
                .mapToObj(quantile -> of(quantile, boundaries, slower))
                .toList();
    }

    /** Above a boundary when more than 1 - quantile of the requests are slower than it, at most one when fewer are. */
    private static QuantileBounds of(double quantile, List<Double> boundaries, List<ConfidenceInterval> slower) {
        var lower = OptionalDouble.empty();
        var upper = OptionalDouble.empty();
        for (var j = 0; j < boundaries.size(); j++) {
            if (slower.get(j).lower().orElse(0) > 1 - quantile) {
                lower = OptionalDouble.of(boundaries.get(j));
            }
            if (upper.isEmpty() && slower.get(j).upper().orElse(1) < 1 - quantile) {
                upper = OptionalDouble.of(boundaries.get(j));
            }
        }
        return new QuantileBounds(quantile, lower, upper);
    }
}
