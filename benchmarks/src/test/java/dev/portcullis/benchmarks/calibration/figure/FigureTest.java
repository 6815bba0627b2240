package dev.portcullis.benchmarks.calibration.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | 4000 | 0.0030 ± 0.0009",
                "0 | 4000 | 0 (< 0.0007)",
                "4000 | 4000 | 1 (> 0.9993)",
                "1 | 24000 | 0.00004 ± 0.00004",
            })
    void aProportionShowsItsError(long hits, long runs, String text) {
        assertEquals(text, new Proportion(hits, runs).text());
    }

    @Test
    void theChanceOfMoreHitsIsTheBinomialTail() {
        assertEquals(56 / 1024.0, new Proportion(8, 10).chanceAbove(0.5), 1e-12);
        assertEquals(1, new Proportion(0, 10).chanceAbove(0.5), 1e-12);
    }

    @Test
    void theBinomialTailBearsManyRuns() {
        assertEquals(0.5, new Proportion(2000, 40_000).chanceAbove(0.05), 0.01);
        assertTrue(new Proportion(2200, 40_000).chanceAbove(0.05) < 1e-5);
    }

    @Test
    void proportionsAgreeWithinChance() {
        var few = new Proportion(12, 4000);
        assertTrue(few.agrees(new ExpectedFigure("0.0022", 4000), 3.5));
        assertFalse(few.agrees(new ExpectedFigure("0.0110", 4000), 3.5));
        assertTrue(new Proportion(0, 4000).agrees(new ExpectedFigure("0.0000", 4000), 3.5));
    }

    @Test
    void quantilesAreInterpolated() {
        var observed = List.of(4, 1, 3, 2);
        assertEquals(2.5, Quantile.median(observed).value());
        assertEquals(3.7, Quantile.ninety(observed).value(), 1e-12);
    }

    @Test
    void withoutObservationsThereIsNoQuantile() {
        assertEquals("–", Quantile.median(List.<Integer>of()).text());
    }

    @Test
    void quantilesAgreeWithinTheErrorOfTheirRank() {
        var observed = IntStream.range(0, 1000).boxed().toList();
        assertEquals("500 ± 17", Quantile.median(observed).text());
        assertTrue(Quantile.median(observed).agrees(new ExpectedFigure("560", 1000), 3.5));
        assertFalse(Quantile.median(observed).agrees(new ExpectedFigure("600", 1000), 3.5));
    }

    @Test
    void aMedianAmongEqualTimesHasNoError() {
        var median = Quantile.median(Collections.nCopies(50, 60));
        assertTrue(median.agrees(new ExpectedFigure("60", 50), 3.5));
        assertFalse(median.agrees(new ExpectedFigure("75", 50), 3.5));
    }

    @Test
    void meansAgreeWithinTheirErrors() {
        var mean = Mean.of(List.of(10, 20, 30), 10);
        assertEquals("2.00 ± 0.58", mean.text());
        assertTrue(mean.agrees(new ExpectedFigure("4.00", 3), 3.5));
        assertFalse(mean.agrees(new ExpectedFigure("5.00", 3), 3.5));
    }

    @Test
    void exactFiguresAgreeToTheLastDigit() {
        assertTrue(new ExactFigure(42_513.4).agrees(new ExpectedFigure("42513", 1), 3.5));
        assertFalse(new ExactFigure(42_513.6).agrees(new ExpectedFigure("42513", 1), 3.5));
    }

    @Test
    void theIndependentFiguresAreThere() throws IOException {
        var figures = IndependentFigures.read();
        assertEquals(new ExpectedFigure("0.9670", 4000), figures.get(new Key("T4", "SLO request 50 0.1 %", "fix5")));
        assertEquals(723, figures.size());
    }

    @Test
    void agreementIsCountedByTable() {
        var expected = Map.of(new Key("T4", "a", "x"), new ExpectedFigure("0.0022", 4000));
        var other = new Agreement(Map.of(new Key("T4", "a", "x"), new Proportion(400, 4000)), expected);
        assertEquals(
                "| T4 | 1 | 0 | 0 | 1 | 0 |",
                other.summary().toString().lines().toList().getLast());
        assertEquals(
                "| T4 | a | x | 0.1000 ± 0.0047 | 0.0022 | 4000 |",
                other.differences().toString().lines().toList().getLast());
        assertTrue(new Agreement(Map.of(new Key("T4", "a", "x"), new Proportion(9, 4000)), expected)
                .differences()
                .isEmpty());
    }
}
