package dev.portcullis.gate.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AxisTest {
    private static final Instant TEN = Instant.parse("2026-12-01T10:00:00Z");

    @Test
    void ratiosHaveAsManyDecimalsAsTellThemApart() {
        assertEquals(List.of("0 %", "0.5 %", "1.0 %", "1.5 %", "2.0 %", "2.5 %"), labels(RatioAxis.covering(0.025, 5)));
        assertEquals(List.of("0 %", "0.2 %", "0.4 %", "0.6 %", "0.8 %"), labels(RatioAxis.covering(0.0075, 5)));
        assertEquals(List.of("0 %", "20 %", "40 %", "60 %", "80 %", "100 %"), labels(RatioAxis.covering(1, 5)));
        assertEquals(List.of("0 %", "0.0005 %", "0.0010 %", "0.0015 %"), labels(RatioAxis.covering(0.000013, 4)));
        assertEquals("0 %", labels(RatioAxis.covering(0, 5)).getFirst());
    }

    @Test
    void everyRatioIsOnItsAxisWithFewDifferentTicks() {
        DoubleStream.iterate(1e-9, ratio -> ratio <= 1, ratio -> ratio * 1.07).forEach(ratio -> {
            var axis = RatioAxis.covering(ratio, 5);
            assertTrue(axis.place(ratio) <= 1 + 1e-6, () -> ratio + " on " + axis);
            assertTrue(axis.place(ratio) > 0.45, () -> ratio + " on " + axis);
            var labels = labels(axis);
            assertTrue(labels.size() <= 6, labels::toString);
            assertEquals(labels.size(), new HashSet<>(labels).size(), labels::toString);
        });
    }

    @Test
    void oddsHaveATickForEachPowerOfTen() {
        assertEquals(
                List.of("1 : 10", "1 : 1", "10 : 1", "100 : 1", "1,000 : 1"),
                labels(OddsAxis.covering(Math.log(0.3), Math.log(120))));
        assertEquals(List.of("1 : 1", "10 : 1"), labels(OddsAxis.covering(0, Math.log(1.2))));
        assertTrue(labels(OddsAxis.covering(-30, 200)).size() <= 8);
    }

    @Test
    void multiplesHaveATickForEachPowerOfTwo() {
        assertEquals(List.of("1/4×", "1/2×", "1×", "2×", "4×"), labels(MultipleAxis.covering(1, 1)));
        assertEquals(0.5, MultipleAxis.covering(1, 1).place(1));
        assertEquals(MultipleAxis.covering(1e-9, 1e9), MultipleAxis.covering(0.01, 1000));
    }

    @Test
    void timesAreRoundAndFew() {
        assertEquals(
                List.of("10:00", "10:05", "10:10", "10:15"), times(TimeAxis.spanning(TEN, TEN.plusSeconds(1000), 6)));
        assertEquals(List.of("10:00:00", "10:00:02", "10:00:04"), times(TimeAxis.spanning(TEN, TEN.plusSeconds(5), 4)));
        assertEquals(
                List.of("22:00", "23:00", "2 Dec", "01:00"),
                times(TimeAxis.spanning(TEN.plusSeconds(41_000), TEN.plusSeconds(54_500), 5)));
        assertEquals(
                "1 December 2026",
                TimeAxis.spanning(TEN, TEN.plusSeconds(60), 5).days());
        assertEquals(
                "1 December 2026 to 3 December 2026",
                TimeAxis.spanning(TEN, TEN.plus(Duration.ofDays(2)), 5).days());
    }

    @Test
    void anySpanHasTicksOnIt() {
        LongStream.iterate(0, millis -> millis < Duration.ofDays(4000).toMillis(), millis -> millis * 3 / 2 + 1)
                .forEach(millis -> {
                    var axis = TimeAxis.spanning(TEN.plusMillis(17), TEN.plusMillis(17 + millis), 6);
                    var ticks = axis.ticks();
                    assertTrue(ticks.size() <= 7, () -> millis + ": " + ticks);
                    assertTrue(
                            ticks.stream().allMatch(tick -> tick.place() >= 0 && tick.place() <= 1),
                            () -> millis + ": " + ticks);
                });
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Tick::label).toList();
    }

    private static List<String> times(TimeAxis axis) {
        return axis.ticks().stream().map(Tick::label).toList();
    }
}
