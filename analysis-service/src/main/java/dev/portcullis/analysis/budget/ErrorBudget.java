package dev.portcullis.analysis.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The part of all requests that may be bad without breaking an SLO, as in Google's Site Reliability Workbook, chapter 5.
 *
 * <p>A ratio that was not measured is NaN, and so is what follows from it.
 *
 * @param ratio 1 - target, in (0, 1)
 * @param period over which the SLO promises its target
 */
public record ErrorBudget(double ratio, Duration period) {
    /** What binary fractions add in the last places is no digit of a target: 1 - 0.999 is 0.001. */
    private static final MathContext DIGITS = new MathContext(12);

    private static final double NANOS = 1e9;

    public ErrorBudget {
        if (!(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException("ratio: " + ratio + " is not in (0, 1)");
        }
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period: " + period + " is not positive");
        }
    }

    /** The budget that a target leaves. */
    public static ErrorBudget of(double target, Duration period) {
        BigDecimal decimal = new BigDecimal(target).round(DIGITS);
        return new ErrorBudget(BigDecimal.ONE.subtract(decimal).doubleValue(), period);
    }

    /** How many times as fast as the SLO allows the budget burns: 0 or more, 1 uses it up in exactly one period. */
    public double burn(double badRatio) {
        return badRatio / ratio;
    }

    /** The largest burn there is: that of a service whose requests are all bad. */
    public double mostBurn() {
        return 1 / ratio;
    }

    /**
     * The part of the budget that is left: 1 when no request was bad, 0 when it is spent, negative when more is.
     *
     * @param badRatio bad requests of the last period per request of it
     */
    public double left(double badRatio) {
        return 1 - burn(badRatio);
    }

    /**
     * The part of a whole period's budget that is left while the period goes on: what was spent so far is so much of the budget as the time
     * that is over is of the period, taken for as busy in the rest of it as until now.
     *
     * @param badRatio bad requests per request since the period began
     * @param elapsed since then; the whole period when it is one that ends now
     */
    public double left(double badRatio, Duration elapsed) {
        return 1 - burn(badRatio) * (elapsed.toMillis() / (double) period.toMillis());
    }

    /**
     * The earliest time until the budget is spent if it goes on burning like this and no bad request of the past leaves the period
     * before; zero when it is spent and burns. Empty when that is more than a period away: by then all of the past has left, and what
     * remains is 1 - burn, more than nothing.
     *
     * @param left what is left of it, at most 1
     * @param burn how fast it burns now
     */
    public Optional<Duration> exhaustion(double left, double burn) {
        double periods = Math.max(left, 0) / burn;
        return periods <= 1
                ? Optional.of(Duration.ofNanos(Math.round(periods * period.toSeconds() * NANOS)))
                : Optional.empty();
    }
}
