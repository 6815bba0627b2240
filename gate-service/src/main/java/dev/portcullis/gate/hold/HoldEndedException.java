package dev.portcullis.gate.hold;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A hold that holds no longer, and cannot be ended again. */
public final class HoldEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Instant time;
    private final String ender;

    private HoldEndedException(String message, String name, Instant time, String ender) {
        super(message);
        this.name = name;
        this.time = time;
        this.ender = ender;
    }

    /** That of a hold that somebody has ended, or whose time is over. */
    public static HoldEndedException of(PromotionHold hold) {
        return hold.ending()
                .map(ending -> new HoldEndedException(
                        hold.name() + " was ended at " + ending.time().truncatedTo(ChronoUnit.SECONDS) + " by '"
                                + ending.actor() + "': " + ending.reason(),
                        hold.name(),
                        ending.time(),
                        ending.actor()))
                .orElseGet(() -> {
                    var end = hold.end().orElseThrow();
                    return new HoldEndedException(
                            hold.name() + " ended by itself at " + end.truncatedTo(ChronoUnit.SECONDS),
                            hold.name(),
                            end,
                            "");
                });
    }

    /** Of the hold. */
    public String name() {
        return name;
    }

    /** When it ended. */
    public Instant time() {
        return time;
    }

    /** Who ended it; empty when its time was over. */
    public String ender() {
        return ender;
    }
}
