package dev.portcullis.gate.console.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ratios from 0 up, written in per cent with as many decimals as tell one tick from the next.
 *
 * @param step from tick to tick, a ratio
 * @param steps how many of them
 */
record RatioAxis(BigDecimal step, int steps) implements Axis {
    private static final List<Integer> ROUND = List.of(1, 2, 5, 10);
    private static final double SMALLEST = 1e-9;

    /**
     * The shortest axis of round steps that has a value on it.
     *
     * @param largest that value, 0 to 1
     * @param most steps, 2 or more
     */
    static RatioAxis covering(double largest, int most) {
        var range = Math.clamp(largest, SMALLEST, 1);
        var magnitude = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(range / most)));
        var step = ROUND.stream()
                .map(BigDecimal::valueOf)
                .map(magnitude::multiply)
                .filter(candidate -> candidate.doubleValue() * most >= range * (1 - SMALLEST))
                .findFirst()
                .orElseThrow();
        var steps = new BigDecimal(range, MathContext.DECIMAL32).divide(step, 0, RoundingMode.CEILING);
        return new RatioAxis(step, Math.max(1, steps.intValueExact()));
    }

    @Override
    public double place(double value) {
        return value / (step.doubleValue() * steps);
    }

    @Override
    public List<Tick> ticks() {
        return IntStream.rangeClosed(0, steps)
                .mapToObj(i -> new Tick((double) i / steps, label(i)))
                .toList();
    }

    private String label(int tick) {
        if (tick == 0) {
            return "0 %";
        }
        var percent = step.scaleByPowerOfTen(2);
        var decimals = Math.max(0, percent.stripTrailingZeros().scale());
        return percent.multiply(BigDecimal.valueOf(tick)).setScale(decimals, RoundingMode.HALF_UP) + " %";
    }
}
