package dev.portcullis.gate.message;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The messages that are kept, each until its receiver has it, and for some time after that. Whatever is taken here is taken by one replica. Thread-safe; every method
 * throws {@link dev.portcullis.gate.release.StoreUnavailableException} when the store cannot be reached.
 */
public interface Messages {
    /** The receivers for whom something is due that nobody is at. */
    List<String> receiversDue(Instant now);

    /**
     * Takes a receiver, so that no other replica delivers to it before {@code until}.
     *
     * @return how many attempts in a row have failed at it; empty when somebody else is at it, or it wants to be left alone
     */
    OptionalInt takeLane(String receiver, Instant now, Instant until);

    /**
     * Gives a receiver back.
     *
     * @param failures attempts in a row that have failed
     * @param next when somebody may take it again
     */
    void leaveLane(String receiver, int failures, Instant next);

    /**
     * Takes the next message for a receiver that is due: that which was tried least often, of several the oldest. One whose predecessor about the same release still waits
     * is not due. From now on it is doubtful whether it was delivered.
     *
     * @param next when it is due again unless something becomes of it
     * @return one or none
     */
    List<WaitingMessage> take(String receiver, Instant now, Instant next);

    /** Notes that the receiver has it. */
    void delivered(WaitingMessage delivered, Delivery.Delivered how, Instant now);

    /** Notes that the receiver will never take it. */
    void refused(WaitingMessage refused, String fault, Instant now);

    /** Has it tried again. */
    void postpone(WaitingMessage failed, Delivery.Failed why, Instant next);

    /**
     * Gives up what was written before some time, and tells what that was.
     *
     * @param receivers of whom; all others when {@code others}
     */
    List<GivenUp> giveUp(List<String> receivers, boolean others, Instant before, Instant now);

    /**
     * A message that became too old.
     *
     * @param fault of the last attempt; empty when there was none
     */
    record GivenUp(UUID id, String receiver, String event, String fault) {}

    /** Forgets what ended before some time. */
    void forget(Instant before);

    /** What still waits. */
    MessageBacklog backlog();
}
