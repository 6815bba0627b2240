package dev.portcullis.gate.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.TimeZone;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * Times that recur by the rules of RFC 5545, told by the clocks of one zone: each begins and ends at its hour there, also where clocks are changed in between. A time
 * that clocks leave out is as much later as they are put forward; of one that they show twice, the first is meant. Thread-safe.
 */
public final class Schedule {
    private static final Duration ZONE_MARGIN = Duration.ofDays(2);
    /** Occurrences looked at for one stretch of time; more than that follow each other without a gap. */
    private static final int MOST = 10_000;

    private final ZoneId zone;
    private final LocalDateTime start;
    private final Duration length;
    private final @Nullable RecurrenceRule rule;
    private volatile Span latest = new Span(false, Instant.MIN, Instant.MIN);

    private Schedule(ZoneId zone, LocalDateTime start, LocalDateTime end, @Nullable RecurrenceRule rule) {
        this.zone = zone;
        this.start = start;
        this.length = Duration.between(start, end);
        this.rule = rule;
    }

    /** A single time, from {@code start} to {@code end}. */
    public static Schedule once(ZoneId zone, LocalDateTime start, LocalDateTime end) {
        return new Schedule(zone, start, end, null);
    }

    /**
     * Recurring times, of which the first is from {@code start} to {@code end}.
     *
     * @param rule an RRULE of RFC 5545 without the word RRULE, daily or rarer, such as {@code FREQ=WEEKLY;BYDAY=FR}
     * @throws IllegalArgumentException when it is none, or {@code start} is not its first occurrence; the message says so in words that follow "rrule"
     */
    public static Schedule recurring(ZoneId zone, LocalDateTime start, LocalDateTime end, String rule) {
        var schedule = new Schedule(zone, start, end, parsed(rule));
        if (!start.equals(schedule.first())) {
            throw new IllegalArgumentException("'" + rule + "' has no occurrence at " + start
                    + ", which dtstart says is the first; correct one of them");
        }
        return schedule;
    }

    private static RecurrenceRule parsed(String text) {
        try {
            // The lax mode, which is the library's default, leaves out what it does not understand.
            var rule = new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
            if (rule.getFreq() == Freq.HOURLY || rule.getFreq() == Freq.MINUTELY || rule.getFreq() == Freq.SECONDLY) {
                throw new IllegalArgumentException(
                        "'" + text + "' recurs more often than once a day; legal: DAILY, WEEKLY, MONTHLY, YEARLY");
            }
            return rule;
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException("'" + text + "' is no RRULE of RFC 5545: " + e.getMessage(), e);
        }
    }

    private @Nullable LocalDateTime first() {
        try {
            var occurrences = new Occurrences(start);
            return occurrences.next();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + rule + "' cannot be used: " + e.getMessage() + "; an UNTIL has to end with Z", e);
        }
    }

    /** By whose clocks the times are told. */
    public ZoneId zone() {
        return zone;
    }

    /** The stretch of time that a moment lies in. */
    public Span at(Instant moment) {
        var known = latest;
        if (!known.has(moment)) {
            known = find(moment);
            latest = known;
        }
        return known;
    }

    private Span find(Instant moment) {
        var since = moment.minus(length).minus(ZONE_MARGIN);
        var occurrences = new Occurrences(LocalDateTime.ofInstant(since, zone));
        var blockStart = moment;
        var blockEnd = Instant.MIN;
        for (int i = 0; i < MOST; i++) {
            var next = occurrences.next();
            var begins = next == null ? Instant.MAX : instant(next);
            if (begins.isAfter(blockEnd)) {
                if (blockEnd.isAfter(moment)) {
                    return new Span(true, blockStart, blockEnd);
                }
                if (begins.isAfter(moment)) {
                    return new Span(false, blockEnd.equals(Instant.MIN) ? moment : blockEnd, begins);
                }
                blockStart = begins;
            }
            var ends = instant(Objects.requireNonNull(next).plus(length));
            blockEnd = ends.isAfter(blockEnd) ? ends : blockEnd;
        }
        return new Span(true, blockStart, Instant.MAX);
    }

    private Instant instant(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }

    /** The beginnings in the zone's clock time, in order; not thread-safe. */
    private final class Occurrences {
        private final @Nullable RecurrenceRuleIterator iterator;
        private boolean over;

        /** @param since earlier ones may be left out */
        Occurrences(LocalDateTime since) {
            if (rule == null) {
                iterator = null;
                return;
            }
            iterator = rule.iterator(dateTime(start));
            if (since.isAfter(start)) {
                iterator.fastForward(dateTime(since));
            }
        }

        @Nullable
        LocalDateTime next() {
            if (iterator == null) {
                var only = over ? null : start;
                over = true;
                return only;
            }
            return iterator.hasNext() ? local(iterator.nextDateTime()) : null;
        }

        private DateTime dateTime(LocalDateTime local) {
            return new DateTime(
                    TimeZone.getTimeZone(zone),
                    local.getYear(),
                    local.getMonthValue() - 1,
                    local.getDayOfMonth(),
                    local.getHour(),
                    local.getMinute(),
                    local.getSecond());
        }

        private static LocalDateTime local(DateTime occurrence) {
            return LocalDateTime.of(
                    occurrence.getYear(),
                    occurrence.getMonth() + 1,
                    occurrence.getDayOfMonth(),
                    occurrence.getHours(),
                    occurrence.getMinutes(),
                    occurrence.getSeconds());
        }
    }
}
