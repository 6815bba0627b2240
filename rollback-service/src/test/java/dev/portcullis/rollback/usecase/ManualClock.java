package dev.portcullis.rollback.usecase;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** A clock that stands still until it is told. */
final class ManualClock extends Clock {
    private static final int MOST_RUNS = 10_000;

    Instant now = Instant.parse("2026-03-01T12:00:00Z");

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneOffset getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Runs again and again, each time at the moment that the run before asked for, until one asks for none; what that one gave. */
    RunResult runToTheEnd(Supplier<RunResult> run) {
        var result = run.get();
        for (var runs = 1; result.next().isPresent(); runs++) {
            if (runs == MOST_RUNS) {
                throw new AssertionError("no end: " + result.rollback());
            }
            now = result.next().get();
            result = run.get();
        }
        return result;
    }
}
