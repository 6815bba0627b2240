package dev.portcullis.analysis.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarPeriodTest {
    @ParameterizedTest
    @CsvSource({
        // A month of Berlin begins an hour or two before that of UTC.
        "P1M, 2026-01-01T00:00, Europe/Berlin, 2026-07-14T12:00:00Z, 2026-06-30T22:00:00Z, 2026-07-31T22:00:00Z",
        "P1M, 2026-01-01T00:00, UTC, 2026-07-01T00:00:00Z, 2026-07-01T00:00:00Z, 2026-08-01T00:00:00Z",
        "P1M, 2026-01-01T00:00, UTC, 2026-06-30T23:59:59Z, 2026-06-01T00:00:00Z, 2026-07-01T00:00:00Z",
        // A quarter and a year, and one in which February has 29 days.
        "P3M, 2026-01-01T00:00, UTC, 2026-05-05T00:00:00Z, 2026-04-01T00:00:00Z, 2026-07-01T00:00:00Z",
        "P12M, 2026-01-01T00:00, UTC, 2028-12-31T00:00:00Z, 2028-01-01T00:00:00Z, 2029-01-01T00:00:00Z",
        // Weeks that begin on a Monday at noon.
        "P7D, 2026-01-05T12:00, UTC, 2026-11-24T11:00:00Z, 2026-11-23T12:00:00Z, 2026-11-30T12:00:00Z",
        // Months that begin on the 31st, where there is one.
        "P1M, 2026-01-31T00:00, UTC, 2026-02-28T01:00:00Z, 2026-02-28T00:00:00Z, 2026-03-31T00:00:00Z",
        "P1M, 2026-01-31T00:00, UTC, 2026-02-27T23:00:00Z, 2026-01-31T00:00:00Z, 2026-02-28T00:00:00Z",
        // Periods before the anchor.
        "P1M, 2026-01-31T00:00, UTC, 2025-11-30T00:00:00Z, 2025-11-30T00:00:00Z, 2025-12-31T00:00:00Z",
        "P7D, 2026-01-05T00:00, UTC, 2026-01-04T23:59:59Z, 2025-12-29T00:00:00Z, 2026-01-05T00:00:00Z",
        // 02:30 is skipped in spring and comes twice in autumn.
        "P1D, 2026-01-01T02:30, Europe/Berlin, 2026-03-29T01:15:00Z, 2026-03-28T01:30:00Z, 2026-03-29T01:30:00Z",
        "P1D, 2026-01-01T02:30, Europe/Berlin, 2026-10-25T01:10:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        // Samoa had no 30 December 2011 at all.
        "P1D, 2011-12-01T00:00, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z"
    })
    void aPeriodBeginsAndEndsByTheClockOnTheWall(
            Period step, LocalDateTime anchor, ZoneId zone, Instant now, Instant start, Instant end) {
        CalendarPeriod period = new CalendarPeriod(step, anchor, zone);
        assertEquals(start, period.startOf(now));
        assertEquals(end, period.endOf(now));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-10T00:00:00Z, PT672H",
        "2028-02-10T00:00:00Z, PT696H",
        "2026-03-10T00:00:00Z, PT743H",
        "2026-10-10T00:00:00Z, PT745H"
    })
    void aMonthIsAsLongAsItsDaysAndTheChangeOfTheClocks(Instant now, Duration length) {
        assertEquals(length, month("Europe/Berlin").lengthAt(now));
    }

    @ParameterizedTest
    @CsvSource({"P1D, 1", "P7D, 7", "P1M, 30", "P3M, 90", "P12M, 365", "P6M, 180"})
    void byNameAMonthHasThirtyDaysAndAYearHas365(Period step, int days) {
        LocalDateTime anchor = LocalDateTime.of(2026, 1, 1, 0, 0);
        assertEquals(Duration.ofDays(days), new CalendarPeriod(step, anchor, ZoneId.of("UTC")).length());
    }

    @Test
    void aStepIsDaysOrMonthsAndGoesForward() {
        LocalDateTime anchor = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (Period step : List.of(Period.ZERO, Period.of(0, 1, 1), Period.ofDays(-1), Period.ofMonths(-1))) {
            assertThrows(IllegalArgumentException.class, () -> new CalendarPeriod(step, anchor, ZoneId.of("UTC")));
        }
    }

    @Test
    void aRollingPeriodEndsNow() {
        Instant now = Instant.parse("2026-07-14T12:00:00Z");
        SloPeriod period = SloPeriod.ofLast(Duration.ofDays(7));
        assertEquals(Instant.parse("2026-07-07T12:00:00Z"), period.startOf(now));
        assertEquals(now, period.endOf(now));
        assertEquals(period.length(), period.lengthAt(now));
        assertThrows(IllegalArgumentException.class, () -> SloPeriod.ofLast(Duration.ZERO));
    }

    private static CalendarPeriod month(String zone) {
        return new CalendarPeriod(Period.ofMonths(1), LocalDateTime.of(2026, 1, 1, 0, 0), ZoneId.of(zone));
    }
}
