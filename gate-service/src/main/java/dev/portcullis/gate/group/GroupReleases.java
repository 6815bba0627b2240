package dev.portcullis.gate.group;

import java.time.Instant;
import java.util.UUID;

/** The releases of groups that are kept. Each method throws {@link dev.portcullis.gate.release.StoreUnavailableException} when the store cannot be reached. Thread-safe. */
public interface GroupReleases {
    /**
     * The releases of a change, but for dry runs. Within a transaction that changes one of them, nobody else finds out about them until its end: what is decided by it holds
     * as long.
     *
     * @param change as {@link ReleaseGroup#change} gives it
     */
    GroupChange find(ReleaseGroup group, String change);

    /**
     * Has the open releases of a change reviewed at once, but for one.
     *
     * @param decided the one on which something was decided
     */
    void reviewOthers(ReleaseGroup group, String change, UUID decided, Instant now);
}
