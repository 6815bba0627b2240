package dev.portcullis.rollback.plan;

/** What a look at the traffic showed. Not knowing is an answer of its own: it is never taken for "not restored". */
public sealed interface Sighting {
    /** What was seen, in one line of at most some hundred characters. */
    String text();

    /** The wanted revision has the traffic. */
    record Restored(String text) implements Sighting {}

    /** Another revision still has traffic. */
    record NotRestored(String text) implements Sighting {}

    /** It could not be seen, and why. */
    record Unreadable(String text) implements Sighting {}
}
