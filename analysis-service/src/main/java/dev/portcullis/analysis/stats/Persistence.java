package dev.portcullis.analysis.stats;

import dev.portcullis.analysis.evidence.Halves;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * Whether what is wrong in one window goes on into the next, which votes of windows must not do: a pod that is ill for minutes would
 * vote again and again.
 *
 * <p>Measured as the correlation of neighbouring windows' residuals (how the errors divide between two halves of the pods). A spell
 * as long as half a window gives 0.1: with x of it in one window, the product is x(s-x), whose average over the spell's position
 * is s^3/6w, against (1-s/w)s^2 + 2s^3/3w for the square.
 */
public final class Persistence {
    /** Correlation of windows that are twice as long as the bad spells. */
    private static final double TOLERATED = 0.1;

    /** With fewer neighbours the correlation says nothing. */
    private static final int ENOUGH_PAIRS = 30;

    private static final int[] MULTIPLES = {1, 2, 3, 4, 6, 8, 12, 16};

    private Persistence() {}

    /**
     * How many of the given windows, added up, make a window that is at least twice as long as the usual bad spell: the smallest
     * number at which the correlation is not above 0.1 by more than its standard error.
     *
     * @param runs windows in order without gaps, run by run
     * @return 1 to 16; the largest that the history can tell of when none is enough; empty when it can tell of none
     */
    public static OptionalInt fittingMultiple(List<List<Halves>> runs) {
        OptionalInt largest = OptionalInt.empty();
        for (int multiple : MULTIPLES) {
            List<List<Halves>> longer =
                    runs.stream().map(run -> added(run, multiple)).toList();
            int pairs =
                    longer.stream().mapToInt(run -> Math.max(0, run.size() - 1)).sum();
            if (pairs < ENOUGH_PAIRS) {
                break;
            }
            largest = OptionalInt.of(multiple);
            if (correlation(longer) <= TOLERATED + 1 / StrictMath.sqrt(pairs)) {
                break;
            }
        }
        return largest;
    }

    private static List<Halves> added(List<Halves> run, int multiple) {
        List<Halves> longer = new ArrayList<>();
        for (int i = 0; i + multiple <= run.size(); i += multiple) {
            longer.add(
                    run.subList(i, i + multiple).stream().reduce(Halves::plus).orElseThrow());
        }
        return longer;
    }

    /**
     * Of neighbouring residuals around their mean: halves that always differ are unlike, not ill. 0 when all residuals are the same.
     */
    static double correlation(List<List<Halves>> runs) {
        List<double[]> residuals = runs.stream()
                .map(run -> run.stream().mapToDouble(Dispersion::residual).toArray())
                .toList();
        double mean =
                residuals.stream().flatMapToDouble(DoubleStream::of).average().orElse(0);
        double products = 0;
        double squares = 0;
        int pairs = 0;
        int windows = 0;
        for (double[] run : residuals) {
            for (int i = 0; i < run.length; i++) {
                squares += (run[i] - mean) * (run[i] - mean);
                products += i == 0 ? 0 : (run[i - 1] - mean) * (run[i] - mean);
            }
            windows += run.length;
            pairs += Math.max(0, run.length - 1);
        }
        return squares == 0 || pairs == 0 ? 0 : products / pairs / (squares / windows);
    }
}
