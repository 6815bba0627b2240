package dev.portcullis.benchmarks.abort;

import java.time.Duration;
import java.time.Instant;

/**
 * When what happened to one bad canary, by the clocks of one machine.
 *
 * @param verdict when analysis-service took the reading that made it FAIL
 * @param stored when that was written and could be heard
 * @param decided when the gate decided ABORT
 * @param written when the rollback was written
 * @param called when the webhook's POST arrived
 */
record AbortTimeline(Instant verdict, Instant stored, Instant decided, Instant written, Instant called) {
    /** A part of the way. */
    enum Part {
        WHOLE("FAIL verdict -> POST at the webhook"),
        DECISION("FAIL verdict -> ABORT decided"),
        STORING("of these: reading -> verdict stored"),
        DECIDING("verdict stored -> ABORT decided"),
        ORDERING("ABORT decided -> rollback written"),
        CALLING("rollback written -> POST at the webhook");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Duration time(Part part) {
        return Duration.between(begin(part), end(part));
    }

    Instant begin(Part part) {
        return switch (part) {
            case WHOLE, DECISION, STORING -> verdict;
            case DECIDING -> stored;
            case ORDERING -> decided;
            case CALLING -> written;
        };
    }

    Instant end(Part part) {
        return switch (part) {
            case WHOLE, CALLING -> called;
            case DECISION, DECIDING -> decided;
            case STORING -> stored;
            case ORDERING -> written;
        };
    }
}
