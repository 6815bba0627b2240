package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.SloPeriod;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code timeWindow} of an SLO: exactly one, rolling or aligned to a calendar. */
final class PeriodReader {
    private static final String WINDOWS = "timeWindow";
    private static final String DURATION = "duration";
    private static final String ROLLING = "isRolling";
    private static final String CALENDAR = "calendar";
    private static final String OF_A_CALENDAR = "\\d+[MQY]";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    private PeriodReader() {}

    /** The period; the default when there is none or after a fault. */
    static SloPeriod read(YamlMapping spec) {
        spec.describe(WINDOWS, "the last 30 days", "exactly one");
        if (!spec.has(WINDOWS)) {
            return SloPeriod.DEFAULT;
        }
        List<YamlMapping> windows = spec.mappings(WINDOWS);
        if (windows.size() == 1) {
            return period(windows.getFirst()).orElse(SloPeriod.DEFAULT);
        }
        spec.fault(
                WINDOWS,
                "spec.timeWindow has " + windows.size()
                        + " usable entries; legal: exactly one, such as [{duration: 30d, isRolling: true}]");
        return SloPeriod.DEFAULT;
    }

    private static Optional<SloPeriod> period(YamlMapping window) {
        Optional<SloPeriod> period = isRolling(window) ? rolling(window) : calendar(window);
        window.rejectUnknown();
        return period;
    }

    private static boolean isRolling(YamlMapping window) {
        window.describe(DURATION, KeyDescription.REQUIRED, "1m to 366d, or " + CalendarReader.LEGAL_STEP);
        window.describe(ROLLING, "without calendar true", "");
        window.describe(CALENDAR, "none", "");
        boolean calendar = window.has(CALENDAR);
        boolean rolling = window.flag(ROLLING).orElse(!calendar);
        if (rolling && calendar) {
            window.fault(
                    ROLLING,
                    window.path(ROLLING) + " is true, but calendar is given, whose periods do not roll; legal: one of"
                            + " the two");
        }
        return rolling && !calendar;
    }

    private static Optional<SloPeriod> rolling(YamlMapping window) {
        Optional<String> ofACalendar = window.written(DURATION).filter(text -> text.matches(OF_A_CALENDAR));
        if (ofACalendar.isPresent() || !window.has(DURATION)) {
            String found = ofACalendar
                    .map(text ->
                            "'" + text + "', which has no fixed length; legal: days, such as 30d, or isRolling: false"
                                    + " with a calendar")
                    .orElse("missing; legal: a duration, such as 30d");
            window.fault(DURATION, window.path(DURATION) + " is " + found);
            return Optional.empty();
        }
        return window.duration(DURATION, SHORTEST, LONGEST).map(SloPeriod::ofLast);
    }

    private static Optional<SloPeriod> calendar(YamlMapping window) {
        if (!window.has(CALENDAR)) {
            window.fault(
                    CALENDAR,
                    window.path(CALENDAR)
                            + " is missing; legal beside isRolling: false: {startTime: '2026-01-01 00:00:00',"
                            + " timeZone: Europe/Berlin}");
            window.leaveAlone(DURATION);
            return Optional.empty();
        }
        return CalendarReader.read(window, window.requiredMapping(CALENDAR));
    }
}
