package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What people look for among the releases kept. Each method is one transaction, and throws {@link StoreUnavailableException} when the store cannot be reached. Thread-safe. */
public interface ReleaseSearches {
    /** A search for a text goes through so many of the newest releases. */
    int SEARCHED = 20_000;

    /**
     * Releases with their latest decisions and rollbacks, newest first.
     *
     * @param before only those with a smaller number; empty = from the newest
     */
    List<Release> find(ReleaseSearch search, OptionalLong before, int limit);

    /**
     * How many releases there are.
     *
     * @param services patterns of the services that are counted
     * @param since those that have ended count from then on
     */
    ReleaseCounts count(List<String> services, Instant since);
}
