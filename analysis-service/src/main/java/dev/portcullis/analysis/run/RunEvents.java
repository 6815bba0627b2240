package dev.portcullis.analysis.run;

import java.util.UUID;

/** What operators are told about polls: counted and logged, never stored. Thread-safe. */
public interface RunEvents {
    /** A poll was stored. */
    void polled(Poll poll);

    /** The stable version's past was measured anew. */
    void measured(String service, StableHistory history);

    /** A poll failed by a fault of ours, not of the metrics source; it is tried again. */
    void failed(UUID analysis, RuntimeException cause);

    /** What is stored of an analysis cannot be read: it is not polled, and nothing of it is changed. */
    void unreadable(UUID analysis, UnreadableRecordException fault);

    /** What is stored of a stable version's past cannot be read: it is measured anew. */
    void unreadable(String service, UnreadableRecordException fault);
}
