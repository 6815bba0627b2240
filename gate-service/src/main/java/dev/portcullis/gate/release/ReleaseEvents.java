package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.rollback.OrderOutcome;

/** Hears what happens to releases, to count it. Thread-safe; never throws. */
public interface ReleaseEvents {
    /**
     * A decision was recorded; told once, by whoever recorded it.
     *
     * @param dryRun whether nobody goes by it
     */
    void decided(Decision decision, boolean dryRun);

    /** A question was answered with a HOLD of which nothing was recorded. */
    void unrecorded(Decision decision);

    /** This came of trying a rollback order. */
    void ordered(OrderOutcome outcome);
}
