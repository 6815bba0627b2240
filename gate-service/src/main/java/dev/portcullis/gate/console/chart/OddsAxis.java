package dev.portcullis.gate.console.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Odds by their logarithm, with a tick for each power of ten, or for every so many where they would be too many. Values are natural logarithms.
 *
 * @param lowest power of ten at its beginning
 * @param highest power of ten at its end
 */
record OddsAxis(int lowest, int highest) implements Axis {
    private static final double TEN = Math.log(10);
    private static final int MOST = 6;
    private static final int SHORTEST_WORDS = 6;

    /** The shortest axis of whole powers of ten with both values on it, and 1 : 1. */
    static OddsAxis covering(double smallest, double largest) {
        var lowest = (int) Math.floor(Math.min(0, smallest) / TEN);
        var highest = (int) Math.ceil(Math.max(0, largest) / TEN);
        return new OddsAxis(lowest, Math.max(lowest + 1, highest));
    }

    @Override
    public double place(double value) {
        return (value / TEN - lowest) / (highest - lowest);
    }

    @Override
    public List<Tick> ticks() {
        var step = Math.ceilDiv(highest - lowest, MOST);
        return IntStream.rangeClosed(lowest, highest)
                .filter(power -> power % step == 0)
                .mapToObj(power -> new Tick(place(power * TEN), label(power)))
                .toList();
    }

    private static String label(int power) {
        return power < 0 ? "1 : " + thousands(-power) : thousands(power) + " : 1";
    }

    private static String thousands(int power) {
        return power >= SHORTEST_WORDS ? "10^" + power : String.format(Locale.ROOT, "%,d", (long) Math.pow(10, power));
    }
}
