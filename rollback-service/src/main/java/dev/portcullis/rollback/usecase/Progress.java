package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.rollback.Rollback;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a rollback stands after one run.
 *
 * @param rollback as it was written
 * @param next when it is to be worked on again; empty when it has ended
 */
public record Progress(Rollback rollback, Optional<Instant> next) {
    static Progress ended(Rollback rollback) {
        return new Progress(rollback, Optional.empty());
    }

    static Progress again(Rollback rollback, Instant next) {
        return new Progress(rollback, Optional.of(next));
    }

    /** There is more to do at once. */
    static Progress on(Rollback rollback) {
        return again(rollback, rollback.life().updateTime());
    }
}
