package dev.portcullis.gate.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A span of time in UTC, with ticks at round times of day.
 *
 * @param from where it begins
 * @param to where it ends, after {@code from}
 * @param step from tick to tick
 */
record TimeAxis(Instant from, Instant to, Duration step) {
    private static final List<Duration> STEPS = Stream.concat(
                    Stream.of(1, 2, 5, 10, 15, 30).map(Duration::ofSeconds),
                    Stream.concat(
                            Stream.of(1, 2, 5, 10, 15, 30).map(Duration::ofMinutes),
                            Stream.of(1, 2, 3, 6, 12, 24, 48, 168, 336).map(Duration::ofHours)))
            .toList();
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
    private static final DateTimeFormatter MINUTES = format("HH:mm");
    private static final DateTimeFormatter DATE = format("d MMM");

    /**
     * The span with as many ticks as it can have.
     *
     * @param most ticks, 1 or more
     */
    static TimeAxis spanning(Instant from, Instant to, int most) {
        var end = to.isAfter(from) ? to : from.plusSeconds(1);
        var span = Duration.between(from, end);
        var step = STEPS.stream()
                .filter(candidate -> span.dividedBy(candidate) < most)
                .findFirst()
                .orElseGet(() -> DAY.multipliedBy(Math.ceilDiv(span.toDays() + 1, most)));
        return new TimeAxis(from, end, step);
    }

    /** Where a moment is: 0 at the beginning, 1 at the end. */
    double place(Instant time) {
        return (double) Duration.between(from, time).toMillis()
                / Duration.between(from, to).toMillis();
    }

    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (var time = first(); !time.isAfter(to); time = time.plus(step)) {
            ticks.add(new Tick(place(time), label(time)));
        }
        return ticks;
    }

    /** The first moment of the span that is a whole number of steps from the epoch, which is a midnight. */
    private Instant first() {
        var millis = step.toMillis();
        return Instant.ofEpochMilli(Math.ceilDiv(from.toEpochMilli(), millis) * millis);
    }

    private String label(Instant time) {
        if (step.compareTo(DAY) >= 0
                || time.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() == 0) {
            return DATE.format(time);
        }
        return (step.compareTo(MINUTE) < 0 ? SECONDS : MINUTES).format(time);
    }

    /** A moment as the axis would name it, to the second: "10:31:15". */
    String moment(Instant time) {
        return SECONDS.format(time);
    }

    /** The days that the span covers: "1 December 2026", or its first and last. */
    String days() {
        var format = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
        ZonedDateTime first = from.atZone(ZoneOffset.UTC);
        ZonedDateTime last = to.atZone(ZoneOffset.UTC);
        return first.toLocalDate().equals(last.toLocalDate())
                ? format.format(first)
                : format.format(first) + " to " + format.format(last);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
