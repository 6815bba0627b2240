package dev.portcullis.gate.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rollbacks that are watched, kept since their orders were settled. Thread-safe. */
public interface RollbackWatches {
    /**
     * Takes those whose look is due, and puts their next one off, so that no other replica looks meanwhile.
     *
     * @param limit at most so many
     */
    List<RollbackWatch> take(Instant now, Instant next, int limit);

    /** Looks again at some time. */
    void postpone(RollbackWatch watch, Instant next);

    /**
     * Notes another state, and in the same transaction has it told; nothing when somebody else has noted one meanwhile.
     *
     * @param next when to look again; empty ends the watch
     */
    void note(RollbackWatch watch, RollbackChange change, Instant now, Optional<Instant> next);

    /** Ends the watch. */
    void end(RollbackWatch watch);
}
