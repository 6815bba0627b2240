package dev.portcullis.gate.console.chart;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Multiples of something on an axis of their logarithm, with ticks at powers of two.
 *
 * @param lowest power of two at its beginning
 * @param highest power of two at its end
 */
record MultipleAxis(int lowest, int highest) implements Axis {
    private static final double TWO = Math.log(2);
    private static final int LEAST = 2;
    private static final int FARTHEST = 6;
    private static final int MOST_TICKS = 7;

    /** An axis from a quarter to four times at least, and a 64th to 64 times at most. */
    static MultipleAxis covering(double smallest, double largest) {
        return new MultipleAxis((int) Math.clamp(Math.floor(Math.log(smallest) / TWO), -FARTHEST, -LEAST), (int)
                Math.clamp(Math.ceil(Math.log(largest) / TWO), LEAST, FARTHEST));
    }

    @Override
    public double place(double value) {
        return (Math.log(value) / TWO - lowest) / (highest - lowest);
    }

    @Override
    public List<Tick> ticks() {
        var step = Math.ceilDiv(highest - lowest + 1, MOST_TICKS);
        return IntStream.rangeClosed(lowest, highest)
                .filter(power -> power % step == 0)
                .mapToObj(power -> new Tick((double) (power - lowest) / (highest - lowest), label(power)))
                .toList();
    }

    private static String label(int power) {
        return (power < 0 ? "1/" + (1 << -power) : Integer.toString(1 << power)) + "×";
    }
}
