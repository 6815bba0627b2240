package dev.portcullis.analysis.tool.diagnosis;

import dev.portcullis.analysis.fold.Resolution;
import dev.portcullis.analysis.metric.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether large counters of a query are all round, as they are when they are printed with too few digits. */
final class CoarseCounterCheck {
    /** Of counters that are told in full, one query in so many would look like that, as a power of ten. */
    private static final double CHANCE = 6;

    private CoarseCounterCheck() {}

    /** What speaks for it; empty when nothing does. */
    static Optional<Finding> check(Query query, List<Sample> samples) {
        List<Double> values = samples.stream()
                .filter(sample -> sample.buckets() == null)
                .map(Sample::value)
                .filter(value -> value >= 0 && value < Double.POSITIVE_INFINITY)
                .distinct()
                .toList();
        Resolution resolution = Resolution.LEAST;
        for (double value : values) {
            resolution = resolution.with(value);
        }
        return rarity(values, resolution) < CHANCE ? Optional.empty() : largest(query, values, resolution);
    }

    private static double rarity(List<Double> values, Resolution resolution) {
        return values.stream()
                .mapToDouble(resolution::step)
                .filter(step -> step > 0)
                .map(Math::log10)
                .sum();
    }

    private static Optional<Finding> largest(Query query, List<Double> values, Resolution resolution) {
        return values.stream().max(Comparator.naturalOrder()).map(value -> finding(query, value, resolution));
    }

    private static Finding finding(Query query, double value, Resolution resolution) {
        boolean binary = resolution.isBinary(value);
        return query.finding(
                FindingKind.COUNTER_COARSE,
                "all large counters of " + query.selector().render() + " are round, as " + FindingFormat.count(value)
                        + ": they seem to have "
                        + (binary ? resolution.bits() + " binary digits" : resolution.digits() + " digits")
                        + " and to move in steps of " + FindingFormat.count(resolution.step(value))
                        + ", so that most releases would be held",
                binary
                        ? "count in 64-bit integers, not in 32-bit floats"
                        : "print counters in full (%.0f or %.17g, not %g or a stream's six digits)");
    }
}
