package dev.portcullis.benchmarks.calibration.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClumpingTest {
    private static final int DRAWS = 100_000;

    /** The variance is that of a Poisson number of groups: the mean times the mean square of a group's size over its mean. */
    @ParameterizedTest
    @CsvSource({
        "INDEPENDENT, 2, 1",
        "INDEPENDENT, 400, 1",
        "FIVES, 2, 5",
        "FIVES, 400, 5",
        "GEOMETRIC, 2, 9",
        "GEOMETRIC, 400, 9",
        "BURSTS, 400, 100.5",
    })
    void errorsHaveTheExpectedMeanAndDispersion(Clumping clumping, double mean, double dispersion) {
        var random = SeededRandom.create();
        var drawn = DoubleStream.generate(() -> clumping.bad(random, 1e6, mean / 1e6))
                .limit(DRAWS)
                .toArray();
        var error = Math.sqrt(mean * dispersion / DRAWS);
        assertEquals(mean, DoubleStream.of(drawn).average().orElseThrow(), 4 * error);
        assertEquals(
                dispersion,
                DoubleStream.of(drawn)
                                .map(each -> (each - mean) * (each - mean))
                                .average()
                                .orElseThrow()
                        / mean,
                0.08 * dispersion);
    }

    @ParameterizedTest
    @EnumSource
    void badRequestsAreNoMoreThanRequests(Clumping clumping) {
        var random = SeededRandom.create();
        for (var i = 0; i < 1000; i++) {
            var bad = clumping.bad(random, 3, 0.9);
            assertTrue(bad >= 0 && bad <= 3, "bad is " + bad);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutRequestsOrErrorsNothingIsBad(Clumping clumping) {
        assertEquals(0, clumping.bad(SeededRandom.create(), 0, 0.5));
        assertEquals(0, clumping.bad(SeededRandom.create(), 100, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aTotalFailureSparesNoRequest(Clumping clumping) {
        assertEquals(750, clumping.bad(SeededRandom.create(), 750, 1));
    }

    /** Of a part of the requests, and not of rare ones: a Poisson number would vary more. */
    @ParameterizedTest
    @CsvSource({"75, 0.5", "40, 0.12", "6750, 0.3", "7, 0.9"})
    void manyIndependentErrorsHaveTheMeanAndVarianceOfABinomialNumber(double requests, double ratio) {
        var random = SeededRandom.create();
        var drawn = DoubleStream.generate(() -> Clumping.INDEPENDENT.bad(random, requests, ratio))
                .limit(DRAWS)
                .toArray();
        var mean = requests * ratio;
        var variance = mean * (1 - ratio);
        assertEquals(mean, DoubleStream.of(drawn).average().orElseThrow(), 4 * Math.sqrt(variance / DRAWS));
        assertEquals(
                variance,
                DoubleStream.of(drawn)
                        .map(each -> (each - mean) * (each - mean))
                        .average()
                        .orElseThrow(),
                0.03 * variance);
        assertTrue(DoubleStream.of(drawn).allMatch(each -> each >= 0 && each <= requests));
    }

    @Test
    void fivesComeInFives() {
        var random = SeededRandom.create();
        for (var i = 0; i < 100; i++) {
            assertEquals(0, Clumping.FIVES.bad(random, 1e6, 1e-5) % 5);
        }
    }
}
