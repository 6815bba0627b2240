package dev.portcullis.rollback.plan;

import java.time.Duration;

/** How one try to return the traffic ended. */
public sealed interface Outcome {
    /** What the target answered, or what kept it from answering, in one line of at most some hundred characters. */
    String text();

    /** The target took it on. */
    record Accepted(String text) implements Outcome {}

    /**
     * The try failed in a way that may pass.
     *
     * @param pause the least time the target wants to be left alone; zero when it does not say
     * @param effectUnknown whether the target may have carried it out all the same
     */
    record Again(String text, Duration pause, boolean effectUnknown) implements Outcome {}

    /** The target refused for good; this try changed nothing. */
    record Refused(String text) implements Outcome {}
}
