package dev.portcullis.benchmarks.calibration.workload;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/**
 * How many of independent requests are bad. Many requests are divided at their median, whose place is drawn from a beta distribution, until few are left (Devroye,
 * "Non-Uniform Random Variate Generation", X.4.3: the recursive method of Relles and of Ahrens and Dieter).
 */
final class Binomial {
    private static final int FEW = 30;

    private Binomial() {}

    /**
     * A number of bad requests.
     *
     * @param requests 0 or more
     * @param ratio chance of each to be bad, 0 to 1
     */
    static long sample(UniformRandomProvider random, long requests, double ratio) {
        var left = requests;
        var chance = ratio;
        var bad = 0L;
        while (left > FEW) {
            // Of requests spread evenly over [0, 1] those below the ratio are bad; this is the place of the middle one.
            var middle = left / 2 + 1;
            var place = beta(random, middle, left + 1 - middle);
            if (place <= chance) {
                bad += middle;
                left -= middle;
                chance = (chance - place) / (1 - place);
            } else {
                left = middle - 1;
                chance = chance / place;
            }
        }
        return bad + few(random, left, chance);
    }

    private static long few(UniformRandomProvider random, long requests, double chance) {
        var bad = 0L;
        for (var i = 0L; i < requests; i++) {
            bad += random.nextDouble() < chance ? 1 : 0;
        }
        return bad;
    }

    private static double beta(UniformRandomProvider random, double a, double b) {
        var x = AhrensDieterMarsagliaTsangGammaSampler.of(random, a, 1).sample();
        var y = AhrensDieterMarsagliaTsangGammaSampler.of(random, b, 1).sample();
        return x / (x + y);
    }
}
