package dev.portcullis.analysis.run;

import java.util.List;
import java.util.Optional;

/** What is known of the stable versions' past. Thread-safe; every method is one transaction. What cannot be read is thrown as {@link UnreadableRecordException}. */
public interface StableHistories {
    /** What was measured last of a service; empty when nothing was. */
    Optional<StableHistory> find(String service);

    /** The windows of the analyses of a service's releases, each analysis' in order, those of the newest analyses first, so many at most. */
    List<PastWindow> windows(String service, int limit);

    /** Keeps what was measured; an older measurement of the service gives way, a newer one stays. */
    void save(String service, StableHistory history);
}
