package dev.portcullis.rollback.plan;

import java.time.Duration;

/** How one try to change a target ended. */
public sealed interface ApplyResult {
    /** What the target answered, or what kept it from answering, in one line of at most some hundred characters. */
    String text();

    /** The target took it on and has nothing left to be told. */
    record Accepted(String text) implements ApplyResult {}

    /** One of several changes was made: look and apply again at once. */
    record Advanced(String text) implements ApplyResult {}

    /**
     * The try failed in a way that may pass.
     *
     * @param pause the least time the target wants to be left alone; zero when it does not say
     * @param effectUnknown whether the target may have carried it out all the same
     * @param soon whether the next try may come soon, since it costs the target nothing: nobody was there to be told, or something else has to end first
     */
    record Again(String text, Duration pause, boolean effectUnknown, boolean soon) implements ApplyResult {
        /** One of a target that was reached, or perhaps was. */
        public Again(String text, Duration pause, boolean effectUnknown) {
            this(text, pause, effectUnknown, false);
        }

        /** The same of a try that failed before anything was sent that could change the target. */
        public Again withoutEffect() {
            return new Again(text, pause, false, soon);
        }
    }

    /** The target refused for good; this try changed nothing. */
    record Refused(String text) implements ApplyResult {}
}
