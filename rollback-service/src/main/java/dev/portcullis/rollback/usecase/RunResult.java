package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Rollback;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a rollback stands after one run.
 *
 * @param rollback as it was written
 * @param next when it is to be worked on again; empty when it has ended
 */
public record RunResult(Rollback rollback, Optional<Instant> next) {
    static RunResult ended(Rollback rollback) {
        return new RunResult(rollback, Optional.empty());
    }

    static RunResult again(Rollback rollback, Instant next) {
        return new RunResult(rollback, Optional.of(next));
    }

    /** There is more to do at once. */
    static RunResult on(Rollback rollback) {
        return again(rollback, rollback.status().updateTime());
    }
}
