package dev.portcullis.benchmarks.calibration.workload;

import dev.portcullis.analysis.evidence.ArmCounts;
import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Observation;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.statistics.distribution.LogNormalDistribution;

/**
 * Requests with log-normal latencies, counted in a histogram. They arrive at random, and so they do in each bucket, independently of the others. Their median is 50 ms
 * times a factor that each pod has of its own.
 */
public final class Latencies {
    private static final double MEDIAN = 50;
    private static final double SIGMA = 0.8;

    private final double canaryRate;
    private final double baselineRate;
    private final double[] canary;
    private final double[] baseline;

    /**
     * Latencies of both arms.
     *
     * @param canaryRate requests per second of the canary
     * @param baselineRate requests per second of the baseline
     * @param canaryPods by which factor the requests of each pod are slower; each pod has the same part of them
     * @param baselinePods likewise
     * @param boundaries of the buckets in milliseconds, rising
     */
    public Latencies(
            double canaryRate,
            double baselineRate,
            double[] canaryPods,
            double[] baselinePods,
            List<Integer> boundaries) {
        this.canaryRate = canaryRate;
        this.baselineRate = baselineRate;
        this.canary = exceeding(boundaries, canaryPods);
        this.baseline = exceeding(boundaries, baselinePods);
    }

    private static double[] exceeding(List<Integer> boundaries, double[] pods) {
        return boundaries.stream()
                .mapToDouble(boundary -> DoubleStream.of(pods)
                                .map(factor -> exceeding(boundary, factor))
                                .sum()
                        / pods.length)
                .toArray();
    }

    /**
     * Observations with a cut at every boundary.
     *
     * @param seconds from each to the next
     */
    public List<Observation> sample(UniformRandomProvider random, int number, int seconds) {
        return Stream.generate(() -> observation(random, seconds)).limit(number).toList();
    }

    private Observation observation(UniformRandomProvider random, int seconds) {
        var ofCanary = arm(random, canaryRate * seconds, canary);
        var ofBaseline = arm(random, baselineRate * seconds, baseline);
        return new Observation(IntStream.range(0, canary.length)
                .mapToObj(j -> new ArmCounts(ofCanary.get(j), ofBaseline.get(j)))
                .toList());
    }

    /** For each boundary the requests that are slower, of all. */
    private static List<Counts> arm(UniformRandomProvider random, double requests, double[] exceeding) {
        var slower = new double[exceeding.length];
        var count = 0.0;
        var above = 0.0;
        for (var j = slower.length - 1; j >= 0; j--) {
            count += poisson(random, requests * (exceeding[j] - above));
            slower[j] = count;
            above = exceeding[j];
        }
        var all = count + poisson(random, requests * (1 - above));
        return DoubleStream.of(slower).mapToObj(each -> new Counts(each, all)).toList();
    }

    private static double poisson(UniformRandomProvider random, double mean) {
        return mean > 0 ? PoissonSampler.of(random, mean).sample() : 0;
    }

    /** Part of the requests that take longer than {@code milliseconds} when each is slower by {@code factor}. */
    public static double exceeding(double milliseconds, double factor) {
        return LogNormalDistribution.of(Math.log(MEDIAN * factor), SIGMA).survivalProbability(milliseconds);
    }
}
