package dev.portcullis.gate.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.calendar.PromotionWindow.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromotionCalendarTest {
    private static PromotionWindow window(
            String name, Effect effect, String service, String start, String end, Duration leadTime) {
        var schedule = Schedule.once(ZoneOffset.UTC, LocalDateTime.parse(start), LocalDateTime.parse(end));
        return new PromotionWindow(name, effect, List.of(service), "because", leadTime, schedule);
    }

    private static PromotionWindow deny(String name, String service, String start, String end) {
        return window(name, Effect.DENY, service, start, end, Duration.ofHours(2));
    }

    private static PromotionWindow allow(String name, String service, String start, String end) {
        return window(name, Effect.ALLOW, service, start, end, Duration.ZERO);
    }

    private static String freeze(PromotionCalendar calendar, String service, String moment) {
        return told(calendar.freeze(service, Instant.parse(moment)));
    }

    private static String told(java.util.Optional<Freeze> freeze) {
        return freeze.map(found -> found.window().name() + " until " + found.until())
                .orElse("none");
    }

    @Test
    void withoutAWindowNothingIsFrozen() {
        assertEquals("none", freeze(new PromotionCalendar(List.of()), "cart", "2027-01-01T00:00:00Z"));
    }

    @Test
    void aDenyFreezesItsServicesAlone() {
        var calendar = new PromotionCalendar(List.of(deny("d", "cart", "2027-01-01T00:00", "2027-01-02T00:00")));
        assertEquals("d until 2027-01-02T00:00:00Z", freeze(calendar, "cart", "2027-01-01T12:00:00Z"));
        assertEquals("none", freeze(calendar, "search", "2027-01-01T12:00:00Z"));
        assertEquals("none", freeze(calendar, "cart", "2027-01-02T00:00:00Z"));
    }

    @Test
    void whereThereAreAllowsOneHasToBeActive() {
        var calendar = new PromotionCalendar(List.of(
                allow("a", "*", "2027-01-01T09:00", "2027-01-01T17:00"),
                allow("b", "*", "2027-01-02T09:00", "2027-01-02T17:00")));
        assertEquals("a until 2027-01-01T09:00:00Z", freeze(calendar, "cart", "2027-01-01T00:00:00Z"));
        assertEquals("none", freeze(calendar, "cart", "2027-01-01T09:00:00Z"));
        assertEquals("b until 2027-01-02T09:00:00Z", freeze(calendar, "cart", "2027-01-01T17:00:00Z"));
        assertTrue(freeze(calendar, "cart", "2027-01-03T00:00:00Z").endsWith(Instant.MAX.toString()));
    }

    @Test
    void aDenyGoesBeforeAnAllowAndTheEndIsThatOfAllOfThem() {
        var calendar = new PromotionCalendar(List.of(
                allow("hours", "*", "2027-01-01T09:00", "2027-01-01T17:00"),
                allow("hours of tomorrow", "*", "2027-01-02T09:00", "2027-01-02T17:00"),
                deny("first", "cart", "2027-01-01T12:00", "2027-01-01T14:00"),
                deny("second", "cart", "2027-01-01T14:00", "2027-01-01T18:00")));
        assertEquals("none", freeze(calendar, "cart", "2027-01-01T11:59:59Z"));
        assertEquals("first until 2027-01-02T09:00:00Z", freeze(calendar, "cart", "2027-01-01T12:00:00Z"));
        assertEquals("none", freeze(calendar, "search", "2027-01-01T12:00:00Z"));
    }

    @Test
    void aFreezeAheadIsKnownInItsLeadTime() {
        var calendar = new PromotionCalendar(List.of(deny("d", "cart", "2027-01-01T12:00", "2027-01-01T14:00")));
        assertEquals("none", told(calendar.freezeAhead("cart", Instant.parse("2027-01-01T09:59:59Z"))));
        assertEquals(
                "d until 2027-01-01T14:00:00Z",
                told(calendar.freezeAhead("cart", Instant.parse("2027-01-01T10:00:00Z"))));
        assertEquals("none", told(calendar.freezeAhead("cart", Instant.parse("2027-01-01T14:00:00Z"))));
    }
}
