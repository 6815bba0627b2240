package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Decision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The decisions kept, which nobody changes. Each method throws {@link StoreUnavailableException} when the store cannot be reached. Thread-safe. */
public interface Decisions {
    /** A decision with the analysis it rests on. */
    Optional<Decision> find(UUID release, UUID decision);

    /**
     * Lists the decisions of a release, newest first, without their analyses.
     *
     * @param before only those with a smaller number; empty = from the newest
     */
    List<RecordedDecision> list(UUID release, OptionalLong before, int limit);
}
