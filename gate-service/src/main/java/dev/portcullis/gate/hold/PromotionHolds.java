package dev.portcullis.gate.hold;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The holds that are kept. Each method is one transaction, or takes part in that in which a release is changed; each throws {@link dev.portcullis.gate.release.StoreUnavailableException} when the store cannot be reached.
 * Thread-safe.
 */
public interface PromotionHolds {
    /** So many may be active at once. */
    int MOST_ACTIVE = 1_000;

    /**
     * Keeps a new one, with its entry of the audit log. After that nobody records a promotion that it holds.
     *
     * @return as it is kept
     * @throws TooManyHoldsException when {@link #MOST_ACTIVE} are active
     * @throws dev.portcullis.gate.release.ReleaseNotFoundException when it is that of a release that is not there
     * @throws dev.portcullis.gate.release.ReleaseEndedException when it is that of a release that has ended
     */
    PromotionHold create(PromotionHold hold);

    /**
     * Ends one, with its entry of the audit log, and has what it held judged anew at once.
     *
     * @return as it is kept; empty when there is none
     * @throws HoldEndedException when it holds no longer
     */
    Optional<PromotionHold> end(UUID id, PromotionHold.Ending ending);

    Optional<PromotionHold> find(UUID id);

    /**
     * Those that are active, in the order in which they were placed. Asked in a transaction that records a promotion, none is placed until that has ended; so it waits for one
     * that is being placed.
     */
    List<PromotionHold> active();

    /**
     * Holds, newest first.
     *
     * @param service only those that hold this one or a release of it; empty for all
     * @param all whether those that hold no longer are listed too
     * @param before only those with a smaller number
     */
    List<PromotionHold> list(Optional<String> service, boolean all, OptionalLong before, int limit);
}
