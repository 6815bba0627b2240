package dev.portcullis.analysis.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the step, the anchor, the zone and the moment: periods follow each other without a gap and keep to the clock. */
class CalendarPeriodPropertiesTest {
    private static final long FIRST = Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

    @Property(tries = 2000)
    void nowIsInItsPeriod(@ForAll("periods") CalendarPeriod period, @ForAll("moments") Instant now) {
        assertFalse(period.startOf(now).isAfter(now));
        assertTrue(period.endOf(now).isAfter(now));
    }

    @Property(tries = 2000)
    void allMomentsOfAPeriodAgreeOnIt(@ForAll("periods") CalendarPeriod period, @ForAll("moments") Instant now) {
        Instant start = period.startOf(now);
        Instant end = period.endOf(now);
        for (Instant other : new Instant[] {start, end.minusNanos(1)}) {
            assertEquals(start, period.startOf(other));
            assertEquals(end, period.endOf(other));
        }
    }

    @Property(tries = 2000)
    void theNextOneBeginsWhereItEnds(@ForAll("periods") CalendarPeriod period, @ForAll("moments") Instant now) {
        Instant end = period.endOf(now);
        assertEquals(end, period.startOf(end));
        assertEquals(period.startOf(now), period.startOf(period.startOf(now)));
        assertEquals(period.startOf(now), period.endOf(period.startOf(now).minusNanos(1)));
    }

    @Property(tries = 2000)
    void itIsAsLongAsItsDaysOrMonthsGiveOrTakeADay(
            @ForAll("periods") CalendarPeriod period, @ForAll("moments") Instant now) {
        long days = period.lengthAt(now).toDays();
        long months = period.step().toTotalMonths();
        long least = period.step().getDays() + months * 28 - 2;
        long most = period.step().getDays() + months * 31 + 2;
        assertTrue(days >= least && days <= most, () -> days + " days");
    }

    @Property(tries = 2000)
    void whereTheClocksNeverChangeItBeginsAtTheAnchorsTimeOfDay(
            @ForAll("anchors") LocalDateTime anchor, @ForAll("steps") Period step, @ForAll("moments") Instant now) {
        CalendarPeriod period = new CalendarPeriod(step, anchor, ZoneOffset.UTC);
        LocalDateTime start = LocalDateTime.ofInstant(period.startOf(now), ZoneOffset.UTC);
        assertEquals(anchor.toLocalTime(), start.toLocalTime());
        if (step.getDays() == 0) {
            int lastDay = start.toLocalDate().lengthOfMonth();
            assertEquals(Math.min(anchor.getDayOfMonth(), lastDay), start.getDayOfMonth());
        }
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(FIRST, LAST).map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<LocalDateTime> anchors() {
        return moments().map(moment -> LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
    }

    @Provide
    Arbitrary<Period> steps() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 366).map(Period::ofDays),
                Arbitraries.integers().between(1, 12).map(Period::ofMonths));
    }

    @Provide
    Arbitrary<CalendarPeriod> periods() {
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Pacific/Apia",
                        "Asia/Kathmandu")
                .map(ZoneId::of);
        return Combinators.combine(steps(), anchors(), zones).as(CalendarPeriod::new);
    }
}
