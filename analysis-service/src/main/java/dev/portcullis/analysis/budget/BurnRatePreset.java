package dev.portcullis.analysis.budget;

import static dev.portcullis.analysis.budget.AlertSeverity.PAGE;
import static dev.portcullis.analysis.budget.AlertSeverity.TICKET;

import java.time.Duration;
import java.util.List;

/** Well-known sets of rows. */
public enum BurnRatePreset implements BurnRateChoice {
    /**
     * Site Reliability Workbook, chapter 5, table 5-8: the windows stay, the factors follow from the part of the budget that may be
     * spent (2, 5, 10 and 10 %) and the period. 14.4, 6, 3 and 1 for 30 days.
     */
    WORKBOOK {
        @Override
        public BurnRateRows forPeriod(Duration period) {
            return bySpending(period);
        }
    },
    /** What Sloth takes by default; the same figures as the workbook's. */
    SLOTH {
        @Override
        public BurnRateRows forPeriod(Duration period) {
            return bySpending(period);
        }
    },
    /** What Pyrra takes: the factors stay, and the windows, those of 28 days, grow with the period, to the minute. */
    PYRRA {
        @Override
        public BurnRateRows forPeriod(Duration period) {
            return new BurnRateRows(List.of(
                    scaled(PAGE, Duration.ofHours(1), Duration.ofMinutes(5), 14, period),
                    scaled(PAGE, Duration.ofHours(6), Duration.ofMinutes(30), 7, period),
                    scaled(TICKET, Duration.ofDays(1), Duration.ofHours(2), 2, period),
                    scaled(TICKET, Duration.ofDays(4), Duration.ofHours(6), 1, period)));
        }
    };

    private static final Duration OF_PYRRA = Duration.ofDays(28);

    /** Three days, the longest window; for Pyrra the 14 days at which the shortest one is 2 min 30 s. */
    @Override
    public Duration shortestPeriod() {
        return this == PYRRA ? OF_PYRRA.dividedBy(2) : Duration.ofDays(3);
    }

    private static BurnRateRows bySpending(Duration period) {
        return new BurnRateRows(List.of(
                BurnRateRow.ofShare(PAGE, Duration.ofHours(1), Duration.ofMinutes(5), "0.02", period),
                BurnRateRow.ofShare(PAGE, Duration.ofHours(6), Duration.ofMinutes(30), "0.05", period),
                BurnRateRow.ofShare(TICKET, Duration.ofDays(1), Duration.ofHours(2), "0.1", period),
                BurnRateRow.ofShare(TICKET, Duration.ofDays(3), Duration.ofHours(6), "0.1", period)));
    }

    private static BurnRateRow scaled(
            AlertSeverity severity, Duration longWindow, Duration shortWindow, double factor, Duration period) {
        return new BurnRateRow(severity, scaled(longWindow, period), scaled(shortWindow, period), factor);
    }

    private static Duration scaled(Duration window, Duration period) {
        double minutes = (double) window.toMinutes() * period.toSeconds() / OF_PYRRA.toSeconds();
        return Duration.ofMinutes(Math.round(minutes));
    }
}
