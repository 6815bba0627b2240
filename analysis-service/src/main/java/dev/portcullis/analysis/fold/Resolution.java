package dev.portcullis.analysis.fold;

import java.math.BigDecimal;
import java.util.stream.IntStream;

/**
 * How finely the counters of one arm are told, as far as their values show it. Programs that print with six significant digits ({@code %g}, C++ streams) tell 2,000,012,345
 * as 2.00001e+09, those that count in 32-bit floats as 2,000,012,288: neither moves while fewer requests come than its step has. A value with more digits shows that there is
 * no such step. Immutable.
 *
 * @param digits the most significant decimal digits that a value was seen with; 6 at least, since nobody prints fewer
 * @param bits the most significant binary digits that a value was seen with; 24 at least, as many as a 32-bit float has
 */
public record Resolution(int digits, int bits) {
    /** Every double can be told with so many. */
    private static final int MOST_DIGITS = 17;

    /** The resolution of values not yet seen. */
    public static final Resolution LEAST = new Resolution(6, 24);

    private static final double[] POWERS_OF_TEN = IntStream.rangeClosed(0, MOST_DIGITS)
            .mapToDouble(Resolution::powerOfTen)
            .toArray();

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;

    /** Also after this value, which is finite and 0 or more. */
    public Resolution with(double value) {
        return showsNothingNew(value)
                ? this
                : new Resolution(Math.max(digits, digits(value)), Math.max(bits, bits(value)));
    }

    /** A whole number has no more digits than it is long; a quick answer for nearly all. */
    private boolean showsNothingNew(double value) {
        return value == Math.rint(value) && value < POWERS_OF_TEN[digits] && value < Math.scalb(1.0, bits);
    }

    private static double powerOfTen(int exponent) {
        return BigDecimal.ONE.scaleByPowerOfTen(exponent).doubleValue();
    }

    private static int digits(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().precision();
    }

    private static int bits(double value) {
        long fraction = Double.doubleToLongBits(value) & FRACTION;
        return FRACTION_BITS + 1 - Math.min(FRACTION_BITS, Long.numberOfTrailingZeros(fraction));
    }

    /**
     * The largest step in which a counter of this value may move, for all that was seen; 0 when it shows single requests. Of counters that are told in full, one in ten (or in
     * two, among large ones) looks coarser than it is at first, and hardly any after a few readings.
     */
    public double step(double value) {
        return Math.max(decimalStep(value), binaryStep(value));
    }

    private double decimalStep(double value) {
        if (value < POWERS_OF_TEN[digits]) {
            return 0;
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        return powerOfTen(Math.max(1, exact.precision() - exact.scale() - digits));
    }

    /** Whether the step of this value, if it has one, comes of its binary digits. */
    public boolean isBinary(double value) {
        return binaryStep(value) > decimalStep(value);
    }

    private double binaryStep(double value) {
        int behind = Math.getExponent(value) + 1 - bits;
        return behind <= 0 ? 0 : Math.scalb(1.0, behind);
    }
}
