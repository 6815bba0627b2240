package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.Counts;
import dev.portcullis.analysis.evidence.Halves;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much more the errors of a window vary than independent ones would: the size of the groups that errors come in, when all
 * groups are of one size, and of the larger ones rather than the average group otherwise.
 */
public final class Dispersion {
    private Dispersion() {}

    /**
     * From how the errors of each window divide between two halves of the pods: {@code (K1 - K*q)^2 / (K*q*(1-q))} with
     * {@code q = n1/(n1+n2)}, averaged over the windows with an error. Whatever both halves share, such as a rate that drifts or
     * an outage of everything, does not show in it.
     *
     * @return 0 or more, about 1 for independent errors; empty without a window that tells
     */
    public static OptionalDouble between(List<Halves> windows) {
        return windows.stream()
                .filter(Dispersion::tells)
                .mapToDouble(Dispersion::squared)
                .average();
    }

    /** Whether a window tells anything: both halves had requests, and there was an error. */
    public static boolean tells(Halves window) {
        return window.both().bad() > 0
                && window.first().total() > 0
                && window.second().total() > 0;
    }

    private static double squared(Halves window) {
        double residual = residual(window);
        return residual * residual;
    }

    /** The first half's errors beyond its share, in standard deviations of independent errors; 0 when the window tells nothing. */
    static double residual(Halves window) {
        if (!tells(window)) {
            return 0;
        }
        double errors = window.both().bad();
        double share = window.first().total() / window.both().total();
        return (window.first().bad() - errors * share) / StrictMath.sqrt(errors * share * (1 - share));
    }

    /**
     * From the windows' totals: {@code 1/(m-1) * sum (K - n*p)^2 / (n*p*(1-p))} with {@code p = sum K / sum n}, over the m windows
     * with requests. For a single pod, where nothing can be compared; drift of the rate counts as dispersion too.
     *
     * @return 0 or more, about 1 for independent errors of a steady rate; empty when fewer than two windows had requests, or none
     *     or all of the requests were bad
     */
    public static OptionalDouble within(List<Counts> windows) {
        List<Counts> seen =
                windows.stream().filter(window -> window.total() > 0).toList();
        Counts sum = seen.stream().reduce(Counts.NONE, Counts::plus);
        double ratio = sum.total() == 0 ? 0 : sum.bad() / sum.total();
        if (seen.size() < 2 || ratio <= 0 || ratio >= 1) {
            return OptionalDouble.empty();
        }
        double squares = seen.stream()
                .mapToDouble(window -> {
                    double residual = window.bad() - window.total() * ratio;
                    return residual * residual / (window.total() * ratio * (1 - ratio));
                })
                .sum();
        return OptionalDouble.of(squares / (seen.size() - 1));
    }
}
