package dev.portcullis.analysis.stats;

/**
 * Sums of e-values that are held as natural logarithms.
 *
 * <p>Evidence outgrows a double after a few windows of a failing canary, so it is only ever added this way. Minus
 * infinity stands for an e-value of zero. Uses {@link StrictMath}: the same bits on every machine.
 */
public final class LogSpace {
    private LogSpace() {}

    /** {@code log(exp(a) + exp(b))}. */
    public static double addExp(double a, double b) {
        if (a == Double.NEGATIVE_INFINITY) {
            return b;
        }
        if (b == Double.NEGATIVE_INFINITY) {
            return a;
        }
        return Math.max(a, b) + StrictMath.log1p(StrictMath.exp(-Math.abs(a - b)));
    }

    /** {@code log} of the sum of {@code exp} of all terms; minus infinity when there is none. */
    public static double sumExp(double... terms) {
        double largest = largest(terms);
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double term : terms) {
            sum += StrictMath.exp(term - largest);
        }
        return largest + StrictMath.log(sum);
    }

    /**
     * The logarithm of the weighted average of e-values: itself an e-value, whatever the dependence between them.
     *
     * @param weights 0 or more, sum 1, one per e-value
     * @param logs logarithms of the e-values
     */
    public static double weightedMean(double[] weights, double[] logs) {
        if (weights.length != logs.length) {
            throw new IllegalArgumentException(weights.length + " weights for " + logs.length + " e-values");
        }
        double[] terms = new double[logs.length];
        for (int j = 0; j < terms.length; j++) {
            terms[j] = StrictMath.log(weights[j]) + logs[j];
        }
        return sumExp(terms);
    }

    static double largest(double[] terms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            largest = Math.max(largest, term);
        }
        return largest;
    }
}
