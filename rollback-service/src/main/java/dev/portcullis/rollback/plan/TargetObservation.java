package dev.portcullis.rollback.plan;

/** What a look at a target showed. Not knowing is an answer of its own: it is never taken for "not restored". */
public sealed interface TargetObservation {
    /** What was seen, in one line of at most some hundred characters. */
    String text();

    /**
     * The target is where it should be.
     *
     * @param revision the revision that has the traffic now, as the label of its pods that orders go by has it: where a controller gave the restored pods a new
     *     name, another than was ordered; empty when the target does not tell
     */
    record Restored(String text, String revision) implements TargetObservation {
        /** An observation of a target that does not tell which revision it is. */
        public Restored(String text) {
            this(text, "");
        }
    }

    /** The target is not yet where it should be. */
    record NotRestored(String text) implements TargetObservation {}

    /** It could not be seen, and why. */
    record Unreadable(String text) implements TargetObservation {}

    /** Neither waiting nor repeating can help: the target or the wanted revision is gone. */
    record OutOfReach(String text) implements TargetObservation {}
}
