package dev.portcullis.rollback.plan;

import java.time.Duration;

/**
 * What the looks of a step have come to.
 *
 * @param time how long it was looked, without the time in which nobody did since the service was down; zero or more
 * @param revision the revision that was seen to have the traffic, as the label of its pods that orders go by has it; empty when that was not told
 */
public record Looks(Duration time, String revision) {
    /** Before the first one. */
    public static final Looks NONE = new Looks(Duration.ZERO, "");

    /** With one more. */
    Looks more(Duration longer) {
        return new Looks(time.plus(longer), revision);
    }

    /** With what was seen to have the traffic. */
    Looks seeing(String seen) {
        return new Looks(time, seen);
    }
}
