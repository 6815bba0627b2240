package dev.portcullis.benchmarks.calibration.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class ExperimentRunnerTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void theSameSeedGivesTheSameResultsWhateverTheThreads() {
        assertEquals(draws(7, 1, "a", 230), draws(7, 4, "a", 230));
    }

    @Test
    void fewerRunsAreTheFirstOfMore() {
        assertEquals(draws(7, 2, "a", 230).subList(0, 100), draws(7, 2, "a", 100));
    }

    @Test
    void everyRunHasNumbersOfItsOwn() {
        assertEquals(1000, new HashSet<>(draws(7, 2, "a", 1000)).size());
    }

    @Test
    void seedsAndExperimentsDrawDifferentNumbers() {
        assertNotEquals(draws(7, 1, "a", 10), draws(8, 1, "a", 10));
        assertNotEquals(draws(7, 1, "a", 10), draws(7, 1, "b", 10));
    }

    @Test
    void aFaultInARunIsTold() {
        try (var runner = runner(1, 10, 2)) {
            var fault = assertThrows(
                    IllegalStateException.class,
                    () -> runner.run("a", 10, random -> {
                        throw new UnsupportedOperationException("as asked");
                    }));
            assertEquals("as asked", fault.getCause().getMessage());
        }
    }

    @Test
    void progressIsToldNowAndThen() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        var progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), now::get);
        progress.started("first", 100);
        progress.started("untold", 10);
        now.updateAndGet(before -> before.plus(Duration.ofSeconds(6)));
        progress.started("third", 5);
        assertEquals(
                List.of(
                        "calibration:   0 s, experiment 1, 100 runs; now first",
                        "calibration:   6 s, experiment 3, 115 runs; now third"),
                told.toString(StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void numbersAreUniform() {
        var mean = draws(3, 2, "uniform", 10_000).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        assertTrue(Math.abs(mean - 0.5) < 0.015, "mean is " + mean);
    }

    private List<Double> draws(long seed, int threads, String experiment, int runs) {
        try (var runner = runner(seed, Integer.MAX_VALUE, threads)) {
            return runner.run(experiment, runs, UniformRandomProvider::nextDouble);
        }
    }

    private ExperimentRunner runner(long seed, int mostRuns, int threads) {
        return new ExperimentRunner(
                seed,
                mostRuns,
                threads,
                new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), () -> Instant.EPOCH));
    }
}
