package dev.portcullis.analysis.slo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A calendar's day, week, month and so on: periods that follow each other without a gap, each {@code step} by the clock on the wall.
 *
 * <p>They go on before the anchor as after it. Each begins so many steps from the anchor, not one from its neighbour: months that begin on
 * the 31st begin on the last day where there is none, and on the 31st again after it. A beginning that a change of the clocks skips is as
 * much later as was skipped; of one that comes twice the first counts.
 *
 * @param step days or months, above 0, never both; a week is 7 days, a quarter 3 months
 * @param anchor a moment at which a period begins
 * @param zone where the clock is
 */
public record CalendarPeriod(Period step, LocalDateTime anchor, ZoneId zone) implements SloPeriod {
    private static final int MONTHS_OF_A_YEAR = 12;
    private static final int DAYS_OF_A_YEAR = 365;
    private static final int DAYS_OF_A_MONTH = 30;

    public CalendarPeriod {
        boolean days = step.getDays() > 0 && step.toTotalMonths() == 0;
        boolean months = step.getDays() == 0 && step.toTotalMonths() > 0;
        if (!days && !months) {
            throw new IllegalArgumentException("step: " + step + " is neither days nor months, above 0");
        }
    }

    @Override
    public Duration length() {
        long months = step.toTotalMonths();
        return Duration.ofDays(step.getDays()
                + months / MONTHS_OF_A_YEAR * DAYS_OF_A_YEAR
                + months % MONTHS_OF_A_YEAR * DAYS_OF_A_MONTH);
    }

    @Override
    public boolean rolling() {
        return false;
    }

    @Override
    public Instant startOf(Instant now) {
        return startOf(stepsUpTo(now));
    }

    @Override
    public Instant endOf(Instant now) {
        return startOf(stepsUpTo(now) + 1);
    }

    @Override
    public Duration lengthAt(Instant now) {
        return Duration.between(startOf(now), endOf(now));
    }

    /** Steps from the anchor to the last beginning that is not after a moment; negative before the anchor. */
    private int stepsUpTo(Instant now) {
        LocalDateTime local = LocalDateTime.ofInstant(now, zone);
        long steps = step.getDays() > 0
                ? Math.floorDiv(ChronoUnit.DAYS.between(anchor, local), step.getDays())
                : Math.floorDiv(ChronoUnit.MONTHS.between(anchor, local), step.toTotalMonths());
        // The clocks, the ends of months and what is cut off before the anchor make that wrong by one at most either
        // way.
        int found = Math.toIntExact(steps) + 1;
        while (startOf(found).isAfter(now)) {
            found--;
        }
        return found;
    }

    private Instant startOf(int steps) {
        return anchor.plus(step.multipliedBy(steps)).atZone(zone).toInstant();
    }
}
