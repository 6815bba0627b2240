package dev.portcullis.gate.console.overview;

import dev.portcullis.gate.calendar.Occurrence;
import dev.portcullis.gate.calendar.PromotionWindow;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.kit.text.PlainText;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * When what may be promoted: freezes, release hours and what people hold, week by week. All days are days of UTC.
 *
 * @param weeks of seven days each, beginning on Mondays
 * @param windows those that stand in it, in words
 */
public record CalendarView(List<List<Day>> weeks, List<String> windows) {
    /** This week and the four that follow. */
    public static final int WEEKS = 5;

    private static final int DAYS = 7;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Keeps its own copies. */
    public CalendarView {
        weeks = List.copyOf(weeks);
        windows = List.copyOf(windows);
    }

    /**
     * A day.
     *
     * @param iso as programs read it
     * @param name as people do
     * @param today whether it is the present one
     * @param past whether it is over
     */
    public record Day(String iso, String name, boolean today, boolean past, List<Entry> entries) {
        public Day {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What is on a day.
     *
     * @param icon name of its icon
     * @param style class that colours it
     * @param what it is
     * @param who services that it is about
     * @param time when on that day
     * @param why the reason of it
     */
    public record Entry(String icon, String style, String what, String who, String time, String why) {}

    /** Where a calendar begins that is looked at now. */
    public static Instant begin(Instant now) {
        return monday(now).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Where it ends, exclusive. */
    public static Instant end(Instant now) {
        return monday(now).plusWeeks(WEEKS).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate monday(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /**
     * The calendar as it is seen at a moment.
     *
     * @param occurrences of windows in it
     * @param holds the active ones of services
     */
    public static CalendarView of(List<Occurrence> occurrences, List<PromotionHold> holds, Instant now) {
        var first = monday(now);
        List<List<Day>> weeks = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            List<Day> days = new ArrayList<>();
            for (int day = 0; day < DAYS; day++) {
                days.add(day(first.plusDays((long) week * DAYS + day), occurrences, holds, now));
            }
            weeks.add(days);
        }
        return new CalendarView(
                weeks,
                occurrences.stream()
                        .map(Occurrence::window)
                        .distinct()
                        .map(CalendarView::told)
                        .toList());
    }

    /** Whether anything stands in it. */
    public boolean isEmpty() {
        return weeks.stream().flatMap(List::stream).allMatch(day -> day.entries()
                .isEmpty());
    }

    private static Day day(LocalDate date, List<Occurrence> occurrences, List<PromotionHold> holds, Instant now) {
        var begin = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        var end = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var entries = Stream.concat(
                        occurrences.stream()
                                .filter(one ->
                                        one.from().isBefore(end) && one.until().isAfter(begin))
                                .map(one -> entry(one, begin, end)),
                        holds.stream()
                                .filter(hold -> now.isBefore(end)
                                        && hold.end()
                                                .filter(until -> !until.isAfter(begin))
                                                .isEmpty())
                                .map(hold -> entry(hold, begin, end, now)))
                .toList();
        return new Day(date.toString(), NAME.format(date), date.equals(today), date.isBefore(today), entries);
    }

    private static Entry entry(Occurrence one, Instant begin, Instant end) {
        var window = one.window();
        var freezes = window.effect() == PromotionWindow.Effect.DENY;
        return new Entry(
                freezes ? "snow" : "clock",
                freezes ? "tone-wait" : "tone-quiet",
                window.name(),
                named(window.services()),
                time(one.from(), one.until(), begin, end),
                PlainText.of(window.reason()));
    }

    private static Entry entry(PromotionHold hold, Instant begin, Instant end, Instant now) {
        return new Entry(
                "hold",
                "tone-bad",
                "held by " + PlainText.of(hold.creator()),
                named(hold.services()),
                time(now, hold.end().orElse(Instant.MAX), begin, end),
                PlainText.of(hold.reason()));
    }

    private static String time(Instant from, Instant until, Instant begin, Instant end) {
        var begins = from.isAfter(begin);
        var ends = until.isBefore(end);
        if (begins && ends) {
            return CLOCK.format(from) + "–" + CLOCK.format(until);
        }
        return begins ? "from " + CLOCK.format(from) : ends ? "until " + CLOCK.format(until) : "all day";
    }

    private static String named(List<String> services) {
        return services.contains("*") ? "all services" : String.join(", ", services);
    }

    private static String told(PromotionWindow window) {
        var what = window.effect() == PromotionWindow.Effect.DENY
                ? ": freezes "
                : ": the hours in which promotions are allowed of ";
        ZoneId zone = window.schedule().zone();
        return PlainText.of(window.name() + what + named(window.services()) + " by the clocks of " + zone + ", since "
                + window.reason() + ".");
    }
}
