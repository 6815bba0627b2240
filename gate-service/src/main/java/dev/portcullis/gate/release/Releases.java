package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** The releases kept. Each method is one transaction; each throws {@link StoreUnavailableException} when the store cannot be reached. Thread-safe. */
public interface Releases {
    /** The latest run of a key. */
    Optional<Release> find(ReleaseKey key);

    Optional<Release> find(UUID id);

    /** Opens a release unless its key has that run already, and answers the latest run there is. */
    Release open(ReleaseStart start);

    /** Forgets a release on which nothing was decided yet; leaves any other alone. */
    void discard(UUID id);

    /**
     * Changes a release by itself, locked against everybody else.
     *
     * @param rule what the release becomes, given as it is now; empty changes nothing, and what it throws undoes everything
     * @return the release as it is kept after that; empty when there is no such release, or nothing was changed
     */
    Optional<Release> change(UUID id, Function<Release, Optional<Release>> rule);

    /** Whether the canary of another release of the same rollout was first seen to serve after this one had ended. */
    boolean othersServedAfter(Release ended);

    /**
     * An open release of the same rollout that is not promoted and whose stable version is the canary of this key: whoever asks for that has taken the one for
     * the other, or the one for the other has been promoted without the gate. One whose canary has served no request may be a mistake itself, and counts only
     * when it is this very question with its two versions swapped. A dry run stands in the way of dry runs alone.
     *
     * @param stable the stable version that is asked with; empty when none is named
     * @param dryRun whether a dry run is asked for
     */
    Optional<Release> openOnTopOf(ReleaseKey key, String stable, boolean dryRun);

    /** The release of a service that was aborted last, but for dry runs. */
    Optional<Release> lastAborted(String service);

    /** The open releases by whose decisions somebody goes, and that are not watched after their promotion, in the order in which they were opened; at most 10,000. */
    List<ReleaseInProgress> inProgress();

    /** How many releases are open, and since when the oldest waits for a decision. */
    OpenReleases open();

    /**
     * Takes open releases whose review is due and puts their next one off, so that no other replica takes them meanwhile.
     *
     * @param next when they are due again
     * @param limit at most so many
     */
    List<Release> takeForReview(Instant now, Instant next, int limit);

    /** The open releases that are judged by these analyses, in any order. */
    List<Release> openOf(Collection<String> analyses);

    /** Puts the next review of a release off. */
    void reviewAt(UUID id, Instant next);

    /**
     * Lists releases, newest first.
     *
     * @param before only those with a smaller number; empty = from the newest
     */
    List<Release> list(ReleaseFilter filter, OptionalLong before, int limit);
}
