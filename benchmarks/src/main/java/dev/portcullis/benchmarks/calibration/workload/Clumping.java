package dev.portcullis.benchmarks.calibration.workload;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/** The groups in which errors come. Groups arrive at random; none reaches over the end of a poll. */
public enum Clumping {
    /** Every error for itself. */
    INDEPENDENT("independent", 1) {
        @Override
        double errors(UniformRandomProvider random, double expected) {
            return poisson(random, expected);
        }

        @Override
        public double bad(UniformRandomProvider random, double requests, double ratio) {
            return ratio > RARE && ratio < 1
                    ? Binomial.sample(random, (long) requests, ratio)
                    : super.bad(random, requests, ratio);
        }
    },
    /** Always five at once. */
    FIVES("fix5", 5) {
        @Override
        double errors(UniformRandomProvider random, double expected) {
            return FIVE * poisson(random, expected / FIVE);
        }
    },
    /** Groups of a geometric size, 1 or more, five on average: their variance is nine times that of independent errors. */
    GEOMETRIC("geo5", Integer.MAX_VALUE) {
        @Override
        double errors(UniformRandomProvider random, double expected) {
            var groups = poisson(random, expected / FIVE);
            return groups == 0 ? 0 : groups + negativeBinomial(random, groups, 1 / FIVE);
        }
    },
    /** Half of all errors in groups of 200, the other half independent. */
    BURSTS("burst", 200) {
        @Override
        double errors(UniformRandomProvider random, double expected) {
            return poisson(random, expected / 2) + BURST * poisson(random, expected / 2 / BURST);
        }
    };

    /** Up to this ratio of bad requests their number is drawn as if they were rare, from a Poisson law. */
    private static final double RARE = 0.1;

    private static final double FIVE = 5;
    private static final double BURST = 200;

    private final String label;
    private final int largest;

    Clumping(String label, int largest) {
        this.label = label;
        this.largest = largest;
    }

    /** Its name in tables. */
    public String label() {
        return label;
    }

    /** Errors of the largest group that can come. */
    public int largest() {
        return largest;
    }

    /**
     * Bad requests among some: the drawn errors, cut to all requests. A ratio of 1 is a total failure, whatever the groups.
     *
     * @param requests 0 or more
     * @param ratio expected ratio of bad ones, 0 to 1
     */
    public double bad(UniformRandomProvider random, double requests, double ratio) {
        return ratio >= 1 ? requests : Math.min(requests, errors(random, requests * ratio));
    }

    abstract double errors(UniformRandomProvider random, double expected);

    private static double poisson(UniformRandomProvider random, double mean) {
        return mean > 0 ? PoissonSampler.of(random, mean).sample() : 0;
    }

    /** Failures before {@code successes} of probability {@code p}: a Poisson number whose mean is drawn from a gamma distribution. */
    private static double negativeBinomial(UniformRandomProvider random, double successes, double p) {
        var mean = AhrensDieterMarsagliaTsangGammaSampler.of(random, successes, (1 - p) / p);
        return poisson(random, mean.sample());
    }
}
