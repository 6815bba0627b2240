package dev.portcullis.benchmarks.calibration.workload;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A time within a run, counted in polls from its start; it begins and ends anywhere.
 *
 * @param from of the first poll's start 0
 * @param to {@code from} or later
 */
record Span(double from, double to) {
    /** Of {@code length} polls, at a moment of a run that chance picks. */
    static Span anywhere(UniformRandomProvider random, double length, int polls) {
        var from = random.nextDouble() * (polls - length);
        return new Span(from, from + length);
    }

    /** The part of the poll number {@code poll}, from 0, that it takes. */
    double partOf(int poll) {
        return Math.max(0, Math.min(to, poll + 1) - Math.max(from, poll));
    }
}
