package dev.portcullis.gate.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Schedule recurring(String start, String end, String rule) {
        return Schedule.recurring(BERLIN, LocalDateTime.parse(start), LocalDateTime.parse(end), rule);
    }

    private static Span at(Schedule schedule, String moment) {
        return schedule.at(Instant.parse(moment));
    }

    @Test
    void aSingleTimeHasABeginningAndAnEnd() {
        var schedule =
                Schedule.once(BERLIN, LocalDateTime.parse("2027-11-26T00:00"), LocalDateTime.parse("2027-11-29T08:00"));
        assertEquals(
                Instant.parse("2027-11-25T23:00:00Z"),
                at(schedule, "2027-11-01T00:00:00Z").until());
        assertFalse(at(schedule, "2027-11-25T22:59:59Z").inside());
        assertTrue(at(schedule, "2027-11-25T23:00:00Z").inside());
        assertEquals(
                Instant.parse("2027-11-29T07:00:00Z"),
                at(schedule, "2027-11-27T00:00:00Z").until());
        assertFalse(at(schedule, "2027-11-29T07:00:00Z").inside());
        assertEquals(Instant.MAX, at(schedule, "2027-11-29T07:00:00Z").until());
        assertFalse(at(schedule, "2010-01-01T00:00:00Z").inside());
    }

    /** From Friday 16:00 to Monday 08:00 by the clock on the wall, over both changes of the clocks of 2026. */
    @ParameterizedTest
    @CsvSource({
        // begins, ends, in UTC
        "2026-03-20T15:00:00Z, 2026-03-23T07:00:00Z",
        "2026-03-27T15:00:00Z, 2026-03-30T06:00:00Z",
        "2026-10-23T14:00:00Z, 2026-10-26T07:00:00Z",
        "2026-10-30T15:00:00Z, 2026-11-02T07:00:00Z",
    })
    void aWeekendBeginsAndEndsAtItsHourAlsoWhenClocksAreChanged(Instant begins, Instant ends) {
        var weekend = recurring("2026-01-02T16:00", "2026-01-05T08:00", "FREQ=WEEKLY;BYDAY=FR");
        assertEquals(begins, weekend.at(begins.minusSeconds(1)).until());
        assertFalse(weekend.at(begins.minusSeconds(1)).inside());
        assertEquals(new Span(true, begins, ends), weekend.at(begins));
        assertEquals(new Span(true, begins, ends), weekend.at(ends.minusSeconds(1)));
        assertFalse(weekend.at(ends).inside());
    }

    @Test
    void aTimeThatClocksLeaveOutIsLaterAndOfOneThatTheyShowTwiceTheFirstIsMeant() {
        var nights = recurring("2026-01-01T02:30", "2026-01-01T04:00", "FREQ=DAILY");
        assertEquals(
                new Span(true, Instant.parse("2026-03-29T01:30:00Z"), Instant.parse("2026-03-29T02:00:00Z")),
                at(nights, "2026-03-29T01:45:00Z"));
        assertEquals(
                new Span(true, Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T03:00:00Z")),
                at(nights, "2026-10-25T01:45:00Z"));
    }

    @Test
    void timesThatFollowEachOtherWithoutAGapAreOne() {
        var always = recurring("2026-01-01T00:00", "2026-01-02T00:00", "FREQ=DAILY");
        assertEquals(Instant.MAX, at(always, "2026-06-01T12:00:00Z").until());
        var days = recurring("2026-01-05T00:00", "2026-01-06T00:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE");
        assertEquals(
                new Span(true, Instant.parse("2026-06-07T22:00:00Z"), Instant.parse("2026-06-10T22:00:00Z")),
                at(days, "2026-06-08T22:00:00Z"));
    }

    /** Against java.time: the last Friday of each month, leap years, month ends and all. */
    @Test
    void theLastFridayOfEachMonthIsWhatJavaTimeSaysItIs() {
        var schedule = recurring("2024-01-26T09:00", "2024-01-26T17:00", "FREQ=MONTHLY;BYDAY=-1FR");
        var random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            var local = LocalDateTime.of(2024, 1, 27, 0, 0).plusMinutes(random.nextInt(60 * 24 * 365 * 20));
            var friday = local.toLocalDate().with(TemporalAdjusters.lastInMonth(java.time.DayOfWeek.FRIDAY));
            var hour = local.getHour();
            var expected = local.toLocalDate().equals(friday) && hour >= 9 && hour < 17;
            assertEquals(expected, schedule.at(local.atZone(BERLIN).toInstant()).inside(), local::toString);
        }
    }

    /** Days that a month does not have are left out, as the RFC says, and so is the 29th of February of most years. */
    @Test
    void monthsWithoutTheDayAreLeftOut() {
        var last = recurring("2024-01-31T00:00", "2024-02-01T00:00", "FREQ=MONTHLY;BYMONTHDAY=31");
        var leap = recurring("2024-02-29T00:00", "2024-03-01T00:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");
        for (var month = YearMonth.of(2024, 2); month.isBefore(YearMonth.of(2036, 1)); month = month.plusMonths(1)) {
            var noon = month.atEndOfMonth().atTime(12, 0).atZone(BERLIN).toInstant();
            assertEquals(month.lengthOfMonth() == 31, last.at(noon).inside(), month::toString);
            assertEquals(month.lengthOfMonth() == 29, leap.at(noon).inside(), month::toString);
        }
        assertEquals(
                LocalDate.of(2028, 2, 29).atStartOfDay(BERLIN).toInstant(),
                at(leap, "2024-03-01T00:00:00Z").until());
    }

    @Test
    void countAndUntilEndIt() {
        var three = recurring("2026-01-01T00:00", "2026-01-01T12:00", "FREQ=YEARLY;COUNT=3");
        assertTrue(at(three, "2028-01-01T01:00:00Z").inside());
        assertEquals(Instant.MAX, at(three, "2028-06-01T00:00:00Z").until());
        var until = recurring("2026-01-01T00:00", "2026-01-01T12:00", "FREQ=DAILY;UNTIL=20260103T000000Z");
        assertTrue(at(until, "2026-01-02T00:00:00Z").inside());
        assertEquals(Instant.MAX, at(until, "2026-01-03T12:00:00Z").until());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=WEEKLY;BYDAY=XX",
                "FREQ=WEEKLY;BYDAY=",
                "FREQ=HOURLY",
                "FREQ=SECONDLY",
                "FREQ=FORTNIGHTLY",
                "",
                "every Friday",
                "FREQ=WEEKLY;BYDAY=FR;BYDAY=MO",
                "FREQ=DAILY;UNTIL=20270101T000000",
                "FREQ=DAILY;COUNT=0",
                "FREQ=WEEKLY;BYDAY=MO",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;INTERVAL=-1",
                "RRULE:FREQ=DAILY",
            })
    void whatIsNoRuleOrDoesNotBeginWithItsStartIsRefused(String rule) {
        // 2 January 2026 is a Friday
        var e = assertThrows(
                IllegalArgumentException.class, () -> recurring("2026-01-02T16:00", "2026-01-05T08:00", rule));
        assertTrue(e.getMessage().contains("'" + rule + "'"), e.getMessage());
    }
}
