package dev.portcullis.analysis.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The analyses kept. Thread-safe; every method is one transaction, so that an analysis and its windows never disagree. Times are kept to the microsecond. What gives one analysis or
 * its windows throws {@link UnreadableRecordException} when they cannot be read; such an analysis is never given in part.
 */
public interface AnalysisRuns {
    /** One analysis; empty when there is none of that id. */
    Optional<AnalysisRun> find(UUID id);

    /** The analysis that a request began; empty when none did. */
    Optional<AnalysisRun> findByRequest(UUID requestId);

    /** The closed windows of an analysis, oldest first; empty as well when there is no such analysis. */
    List<Window> windows(UUID id);

    /**
     * Keeps a new analysis.
     *
     * @param requestId of the request that began it; null when it gave none
     * @return false when a request of that id has begun one already: nothing is kept then
     */
    boolean insert(AnalysisRun run, @Nullable UUID requestId);

    /**
     * Keeps a changed analysis and the windows it closed, all or none.
     *
     * @return false when the stored version is another than the one the change was made from: nothing is kept then
     */
    boolean save(AnalysisRun run, List<Window> closed);

    /**
     * Analyses, newest first; those that cannot be read are left out.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit how many at most
     */
    List<AnalysisRun> list(RunFilter filter, @Nullable ListPosition after, int limit);

    /**
     * The analysis of the release before: the latest of a release of the service that has ended with a PASS. That of the stable version comes first.
     *
     * @param canary whose predecessor is wanted; it is not its own
     * @param stable value of the arm label of the version that serves now; null when it is not known
     */
    Optional<AnalysisRun> previous(String service, String canary, @Nullable String stable);

    /** Running analyses whose poll is due, longest overdue first. */
    List<UUID> due(Instant now, int limit);

    /**
     * Those of the analyses that there are, in any order.
     *
     * @param unreadable is told of one whose record cannot be read; the others are given
     */
    List<AnalysisRun> findAll(Collection<UUID> ids, BiConsumer<UUID, UnreadableRecordException> unreadable);

    /**
     * Ends a running analysis as CANCELLED without reading its record, of which nothing but state, end and reason is written.
     *
     * @return false when there is none of that id that runs: nothing is changed then
     */
    boolean cancelUnread(UUID id, String reason, Instant now);

    /** Lets the time begin anew for which an analysis is kept that has ended; to the day. */
    void extendRetention(UUID id);

    /** Puts the next poll of a running analysis off, when its poll failed by a fault of ours. */
    void postpone(UUID id, Instant nextPoll);
}
