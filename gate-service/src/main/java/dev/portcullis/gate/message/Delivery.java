package dev.portcullis.gate.message;

import java.time.Duration;
import java.util.Optional;

/** What came of trying to deliver a message. */
public sealed interface Delivery {
    /**
     * The other side has it.
     *
     * @param thread where the next message about the release belongs, in the messenger's own words; empty to leave that as it is
     */
    record Delivered(Optional<String> thread) implements Delivery {
        /** One that belongs to no thread. */
        public static final Delivered ALONE = new Delivered(Optional.empty());
    }

    /** The other side will never take it, and says why. */
    record Refused(String fault) implements Delivery {}

    /**
     * It is to be tried again.
     *
     * @param fault why it was not taken, in one line without secrets
     * @param doubtful whether it may have been taken all the same
     * @param pause how long the other side wants to be left alone; zero when it does not say
     */
    record Failed(String fault, boolean doubtful, Duration pause) implements Delivery {}
}
