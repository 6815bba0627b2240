package dev.portcullis.analysis.metric;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moments at even distances.
 *
 * @param first the earliest
 * @param step from one to the next, longer than 0
 * @param number how many, 1 or more
 */
public record Moments(Instant first, Duration step, int number) {
    public Moments {
        if (number < 1 || step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException(number + " moments at distances of " + step);
        }
    }

    /** One moment. */
    public static Moments at(Instant moment) {
        return new Moments(moment, Duration.ofSeconds(1), 1);
    }

    /** Some of them. */
    public Moments part(int from, int count) {
        return new Moments(at(from), step, count);
    }

    /** The latest. */
    public Instant last() {
        return at(number - 1);
    }

    /** All of them, earliest first. */
    public List<Instant> all() {
        return IntStream.range(0, number).mapToObj(this::at).toList();
    }

    /** The place of the moment that is nearest, from 0. */
    public int nearest(Instant instant) {
        Duration after = Duration.between(first, instant).plus(step.dividedBy(2));
        return Math.clamp(after.dividedBy(step), 0, number - 1);
    }

    /** The moment at a place, from 0. */
    public Instant at(int place) {
        return first.plus(step.multipliedBy(place));
    }
}
