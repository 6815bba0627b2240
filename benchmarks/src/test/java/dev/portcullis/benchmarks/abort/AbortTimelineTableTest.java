package dev.portcullis.benchmarks.abort;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AbortTimelineTableTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aPercentileIsTheSmallestTimeThatSoManyAreNotAbove() {
        var times = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();
        assertEquals("50", AbortTimelineTable.at(times, 0.5));
        assertEquals("95", AbortTimelineTable.at(times, 0.95));
        assertEquals("99", AbortTimelineTable.at(times, 0.99));
        assertEquals("7", AbortTimelineTable.at(List.of(Duration.ofMillis(7)), 0.5));
    }

    @Test
    void thePartsOfACourseAreToldBesideTheWhole() {
        var table = new AbortTimelineTable();
        table.add(
                "all at once",
                List.of(new AbortTimeline(
                        BEGIN,
                        BEGIN.plusMillis(10),
                        BEGIN.plusMillis(70),
                        BEGIN.plusMillis(100),
                        BEGIN.plusMillis(110))));
        assertEquals("""
                | canaries go bad | part | p50 ms | p95 ms | p99 ms | max ms | all ms |
                |---|---:|---:|---:|---:|---:|---:|
                | all at once | FAIL verdict -> POST at the webhook | 110 | 110 | 110 | 110 | 110 |
                | all at once | FAIL verdict -> ABORT decided | 70 | 70 | 70 | 70 | 70 |
                | all at once | of these: reading -> verdict stored | 10 | 10 | 10 | 10 | 10 |
                | all at once | verdict stored -> ABORT decided | 60 | 60 | 60 | 60 | 60 |
                | all at once | ABORT decided -> rollback written | 30 | 30 | 30 | 30 | 30 |
                | all at once | rollback written -> POST at the webhook | 10 | 10 | 10 | 10 | 10 |""", table.toString());
    }

    @Test
    void allTakesFromTheFirstCanarysBeginToTheLastOnesEnd() {
        var table = new AbortTimelineTable();
        table.add("both", List.of(course(0, 100), course(30, 20)));
        var whole = table.toString().lines().skip(2).findFirst().orElseThrow();
        assertEquals("| both | FAIL verdict -> POST at the webhook | 20 | 100 | 100 | 100 | 100 |", whole);
        var later = new AbortTimelineTable();
        later.add("both", List.of(course(0, 100), course(90, 20)));
        assertEquals(
                "| both | FAIL verdict -> POST at the webhook | 20 | 100 | 100 | 100 | 110 |",
                later.toString().lines().skip(2).findFirst().orElseThrow());
    }

    private static AbortTimeline course(int verdict, int length) {
        var begin = BEGIN.plusMillis(verdict);
        var end = begin.plusMillis(length);
        return new AbortTimeline(begin, begin, begin, begin, end);
    }
}
