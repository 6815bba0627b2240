package dev.portcullis.benchmarks.calibration.workload;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.statistics.distribution.LogNormalDistribution;

/**
 * Requests with log-normal latencies, counted in a histogram. They arrive at random, and so they do in each bucket, independently of the others. The baseline's median is
 * 50 ms, and it has nine times the canary's requests.
 *
 * @param rate requests per second of the canary
 * @param factor by which each of the canary's requests is slower
 * @param boundaries of the buckets in milliseconds, rising
 */
public record Latencies(double rate, double factor, List<Integer> boundaries) {
    private static final double MEDIAN = 50;
    private static final double SIGMA = 0.8;
    private static final double SPLIT = 9;

    /** One observation per poll, with a cut at every boundary. */
    public List<Observation> sample(UniformRandomProvider random, int polls) {
        return Stream.generate(() -> observation(random)).limit(polls).toList();
    }

    private Observation observation(UniformRandomProvider random) {
        var canary = arm(random, rate * Polls.SECONDS, factor);
        var baseline = arm(random, SPLIT * rate * Polls.SECONDS, 1);
        return new Observation(IntStream.range(0, boundaries.size())
                .mapToObj(j -> new ArmCounts(canary.get(j), baseline.get(j)))
                .toList());
    }

    /** For each boundary the requests that are slower, of all. */
    private List<Counts> arm(UniformRandomProvider random, double requests, double factor) {
        var slower = new double[boundaries.size()];
        var count = 0.0;
        var above = 0.0;
        for (var j = slower.length - 1; j >= 0; j--) {
            var exceeding = exceeding(boundaries.get(j), factor);
            count += poisson(random, requests * (exceeding - above));
            slower[j] = count;
            above = exceeding;
        }
        var all = count + poisson(random, requests * (1 - above));
        return IntStream.range(0, slower.length)
                .mapToObj(j -> new Counts(slower[j], all))
                .toList();
    }

    private static double poisson(UniformRandomProvider random, double mean) {
        return mean > 0 ? PoissonSampler.of(random, mean).sample() : 0;
    }

    /** Part of the requests that take longer than {@code milliseconds} when each is slower by {@code factor}. */
    public static double exceeding(double milliseconds, double factor) {
        return LogNormalDistribution.of(Math.log(MEDIAN * factor), SIGMA).survivalProbability(milliseconds);
    }
}
