package dev.portcullis.benchmarks.calibration.simulation;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells now and then how far a simulation is. Not thread-safe. */
public final class Progress {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;
    private Instant told = Instant.EPOCH;
    private long experiments;
    private long runs;

    /** Tells on {@code out}, a line every few seconds at most. */
    public Progress(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begun = clock.instant();
    }

    void started(String experiment, int number) {
        experiments++;
        runs += number;
        var now = clock.instant();
        if (now.isAfter(told.plus(EVERY))) {
            told = now;
            var seconds = Duration.between(begun, now).toSeconds();
            out.printf("calibration: %3d s, experiment %d, %d runs; now %s%n", seconds, experiments, runs, experiment);
        }
    }
}
