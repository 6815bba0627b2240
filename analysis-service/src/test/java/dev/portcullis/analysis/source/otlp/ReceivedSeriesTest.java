package dev.portcullis.analysis.source.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.analysis.metric.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of points that are no counts, or of a process of their own. */
class ReceivedSeriesTest {
    private static final Map<String, String> LABELS = Map.of("__name__", "requests_total", "code", "200");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aFaultyPointIsToldUntilAGoodOneComes() {
        ReceivedSeries series = begin(cumulative(0, 10, 100));
        assertNull(only(series).fault());
        series = series.after(new DataPoint(LABELS, false, 0, 20 * SECOND, new Count(0), "was sent as NaN"), NOW);
        assertEquals("was sent as NaN", only(series).fault());
        series = series.after(cumulative(0, 30, 130), NOW);
        assertEquals(new Sample(LABELS, 130), only(series));
    }

    @Test
    void afterAFaultyDeltaTheSumGoesOn() {
        ReceivedSeries series = begin(new DataPoint(LABELS, true, 0, 10 * SECOND, new Count(7), null));
        series = series.after(
                new DataPoint(LABELS, true, 10 * SECOND, 20 * SECOND, new Count(0), "was sent as -3"), NOW);
        assertEquals("was sent as -3", only(series).fault());
        series = series.after(new DataPoint(LABELS, true, 20 * SECOND, 30 * SECOND, new Count(5), null), NOW);
        assertEquals(12, only(series).value());
        assertNull(only(series).fault());
    }

    @Test
    void aProcessOfItsOwnForEachExportIsToldAtTheThirdTime() {
        ReceivedSeries series = begin(cumulative(1, 2, 200));
        for (long export = 2; export <= 3; export++) {
            series = series.after(cumulative(3 * export - 2, 3 * export - 1, 200), NOW);
            assertNull(only(series).fault());
        }
        series = series.after(cumulative(10, 11, 200), NOW);
        String fault = Objects.requireNonNull(only(series).fault());
        assertTrue(
                fault.startsWith("was sent with a new start time 3 times in a row, each after the point before"),
                fault);
        series = series.after(cumulative(10, 14, 260), NOW);
        assertNull(only(series).fault(), "it has gone on");
    }

    @Test
    void aValueThatFellAndWasStartedSinceIsANewSeriesOfItsPod() {
        ReceivedSeries before = begin(cumulative(1, 10, 900));
        ReceivedSeries after = before.after(cumulative(11, 20, 40), NOW);
        assertNotEquals(before.labels(), after.labels());
        assertEquals(40, only(after).value());
        assertEquals(after.labels(), after.after(cumulative(11, 30, 50), NOW).labels());
    }

    @Test
    void aValueThatFellWithoutANewStartIsLeftToBeBelievedOrNot() {
        ReceivedSeries before = begin(cumulative(1, 10, 900));
        assertEquals(before.labels(), before.after(cumulative(1, 20, 40), NOW).labels());
    }

    private static ReceivedSeries begin(DataPoint point) {
        return ReceivedSeries.begin(point, quantity(point.quantity()), NOW);
    }

    private static Quantity quantity(@Nullable Quantity quantity) {
        return Objects.requireNonNull(quantity);
    }

    private static DataPoint cumulative(long start, long time, double value) {
        return new DataPoint(LABELS, false, start * SECOND, time * SECOND, new Count(value), null);
    }

    private static Sample only(ReceivedSeries series) {
        List<Sample> samples = series.samples();
        assertEquals(1, samples.size());
        return samples.getFirst();
    }
}
