package dev.portcullis.gate.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.calendar.PromotionWindow;
import dev.portcullis.gate.calendar.Schedule;
import dev.portcullis.gate.hold.PromotionHold;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CalendarViewTest {
    /** A Tuesday. */
    private static final Instant NOW = Instant.parse("2026-12-01T10:30:00Z");

    private static final PromotionWindow WEEKENDS = new PromotionWindow(
            "weekends",
            PromotionWindow.Effect.DENY,
            List.of("*"),
            "nobody is at work who could help",
            Duration.ZERO,
            Schedule.recurring(
                    ZoneId.of("Europe/Berlin"),
                    LocalDateTime.parse("2026-11-06T16:00"),
                    LocalDateTime.parse("2026-11-09T08:00"),
                    "FREQ=WEEKLY;BYDAY=FR"));

    private static CalendarView of(List<PromotionWindow> windows, List<PromotionHold> holds) {
        return CalendarView.of(
                new PromotionCalendar(windows).occurrences(CalendarView.begin(NOW), CalendarView.end(NOW)), holds, NOW);
    }

    private static List<String> told(CalendarView.Day day) {
        return day.entries().stream()
                .map(entry -> entry.what() + " " + entry.time() + " " + entry.who())
                .toList();
    }

    @Test
    void fiveWeeksBeginWithTheMondayOfThisOne() {
        var view = of(List.of(), List.of());
        assertEquals(5, view.weeks().size());
        var first = view.weeks().getFirst();
        assertEquals("Mon 30 Nov", first.getFirst().name());
        assertTrue(first.getFirst().past());
        assertTrue(first.get(1).today());
        assertEquals("2027-01-03", view.weeks().getLast().getLast().iso());
        assertTrue(view.isEmpty());
    }

    /** Berlin is an hour ahead of UTC then. */
    @Test
    void aFreezeStandsOnEachOfItsDaysWithItsTimes() {
        var view = of(List.of(WEEKENDS), List.of());
        var week = view.weeks().getFirst();
        assertEquals(List.of("weekends until 07:00 all services"), told(week.getFirst()));
        assertEquals(List.of(), told(week.get(3)));
        assertEquals(List.of("weekends from 15:00 all services"), told(week.get(4)));
        assertEquals(List.of("weekends all day all services"), told(week.get(5)));
        assertEquals(
                List.of(
                        "weekends: freezes all services by the clocks of Europe/Berlin, since nobody is at work who could help."),
                view.windows());
    }

    @Test
    void aHoldOfServicesStandsUpToItsEnd() {
        var hold = new PromotionHold(
                new UUID(0, 1),
                1,
                List.of("checkout", "cart"),
                Optional.empty(),
                List.of(),
                "payments are down",
                "ann",
                NOW.minusSeconds(60),
                Optional.of(Instant.parse("2026-12-02T08:00:00Z")),
                Optional.empty(),
                false);
        var week = of(List.of(), List.of(hold)).weeks().getFirst();
        assertEquals(List.of(), told(week.getFirst()));
        assertEquals(List.of("held by ann from 10:30 checkout, cart"), told(week.get(1)));
        assertEquals(List.of("held by ann until 08:00 checkout, cart"), told(week.get(2)));
        assertEquals(List.of(), told(week.get(3)));
        assertEquals("payments are down", week.get(1).entries().getFirst().why());
    }
}
