package dev.portcullis.gate.message;

import java.time.Duration;

/**
 * Somebody who is told.
 *
 * @param name in the configuration folder
 * @param giveUpAfter how old a message may become that he does not take
 * @param messenger how he is reached
 */
public record MessageReceiver(String name, Duration giveUpAfter, Messenger messenger) {
    /** How old a message may become where nothing else is said. */
    public static final Duration USUAL_AGE = Duration.ofDays(3);
}
