package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.CalendarPeriod;
import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code calendar} of a time window, and the duration that its periods have. */
final class CalendarReader {
    private static final String DURATION = "duration";
    private static final String START = "startTime";
    private static final String ZONE = "timeZone";
    private static final String LEGAL_START = "a date and a time without a zone, such as '2026-01-01 00:00:00'";
    /** What a period's length is beside a calendar. */
    static final String LEGAL_STEP =
            "with a calendar a whole number of d, w, M, Q or Y, at most a year, such as 1M or 1Q";

    private static final Pattern STEP = Pattern.compile("([1-9]\\d{0,2})([dwMQY])");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final DateTimeFormatter START_FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private CalendarReader() {}

    /** The period; empty after a fault. */
    static Optional<SloPeriod> read(YamlMapping window, YamlMapping calendar) {
        Optional<Period> step = step(window);
        Optional<LocalDateTime> start = start(calendar);
        Optional<ZoneId> zone = zone(calendar);
        calendar.rejectUnknown();
        return step.flatMap(
                length -> start.flatMap(anchor -> zone.map(place -> new CalendarPeriod(length, anchor, place))));
    }

    private static Optional<Period> step(YamlMapping window) {
        Optional<Period> step = window.written(DURATION)
                .map(STEP::matcher)
                .filter(Matcher::matches)
                .map(CalendarReader::step)
                .filter(CalendarReader::isAtMostAYear);
        if (step.isEmpty()) {
            fault(window, DURATION, LEGAL_STEP);
        }
        return step;
    }

    private static Period step(Matcher text) {
        int number = Integer.parseInt(text.group(1));
        return switch (text.group(2)) {
            case "d" -> Period.ofDays(number);
            case "w" -> Period.ofWeeks(number);
            case "M" -> Period.ofMonths(number);
            case "Q" -> Period.ofMonths(3 * number);
            default -> Period.ofMonths(12 * number);
        };
    }

    private static boolean isAtMostAYear(Period step) {
        return step.toTotalMonths() <= 12 && step.getDays() <= LONGEST.toDays();
    }

    private static Optional<LocalDateTime> start(YamlMapping calendar) {
        calendar.describe(START, KeyDescription.REQUIRED, LEGAL_START);
        Optional<LocalDateTime> start = calendar.written(START).flatMap(CalendarReader::time);
        if (start.isEmpty()) {
            fault(calendar, START, LEGAL_START);
        }
        return start;
    }

    private static Optional<LocalDateTime> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, START_FORM));
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(YamlMapping calendar) {
        String legal = "a name of the IANA Time Zone Database, such as Europe/Berlin or UTC";
        calendar.describe(ZONE, KeyDescription.REQUIRED, legal);
        if (!calendar.has(ZONE)) {
            fault(calendar, ZONE, legal);
            return Optional.empty();
        }
        return calendar.choice(ZONE, ZoneId.getAvailableZoneIds(), legal).map(ZoneId::of);
    }

    private static void fault(YamlMapping mapping, String key, String legal) {
        String found =
                mapping.written(key).map(text -> "'" + text + "'").orElse(mapping.has(key) ? "no text" : "missing");
        mapping.fault(key, mapping.path(key) + " is " + found + "; legal: " + legal);
    }
}
