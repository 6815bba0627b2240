package dev.portcullis.analysis.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/**
 * One condition of a burn-rate alert: the budget burns too fast over a long window, and still does over a short one, so that the
 * alert ends soon after the trouble (Site Reliability Workbook, chapter 5, "multiwindow, multi-burn-rate alerts").
 *
 * @param severity whom it concerns
 * @param longWindow whole seconds
 * @param shortWindow whole seconds, shorter
 * @param factor the burn that both windows have to exceed, above 0
 * @param hold how long they have to before somebody is told, whole seconds; zero for at once
 */
public record BurnRateRow(
        AlertSeverity severity, Duration longWindow, Duration shortWindow, double factor, Duration hold) {
    private static final MathContext DIGITS = new MathContext(12);

    public BurnRateRow {
        if (!shortWindow.isPositive() || shortWindow.compareTo(longWindow) >= 0) {
            throw new IllegalArgumentException(
                    "the short window " + shortWindow + " is not above 0 and below the long one, " + longWindow);
        }
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor: " + factor + " is not a finite number above 0");
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException("hold: " + hold + " is negative");
        }
    }

    /** A row that speaks at once. */
    public BurnRateRow(AlertSeverity severity, Duration longWindow, Duration shortWindow, double factor) {
        this(severity, longWindow, shortWindow, factor, Duration.ZERO);
    }

    /**
     * A row by what it lets be spent before it speaks: factor = share * period / long window.
     *
     * @param share part of the budget that the long window spends at that factor, as a decimal: "0.02"
     */
    static BurnRateRow ofShare(
            AlertSeverity severity, Duration longWindow, Duration shortWindow, String share, Duration period) {
        // On decimals, so that 2 % of 28 days in an hour is 13.44 and is written so.
        BigDecimal factor = new BigDecimal(share)
                .multiply(BigDecimal.valueOf(period.toSeconds()))
                .divide(BigDecimal.valueOf(longWindow.toSeconds()), DIGITS);
        return new BurnRateRow(severity, longWindow, shortWindow, factor.doubleValue());
    }

    /** Whether both burns are above the factor; one that is equal, or was not measured (NaN), is not. */
    public boolean isMet(double longBurn, double shortBurn) {
        return longBurn > factor && shortBurn > factor;
    }
}
