package dev.portcullis.gate.flagger;

import dev.portcullis.gate.release.StoreUnavailableException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The newest rollout of each Canary. Each method is one transaction; each throws {@link StoreUnavailableException} when the store cannot be reached. Thread-safe. */
public interface FlaggerRollouts {
    /** The newest rollout of a Canary. */
    Optional<FlaggerRollout> find(String namespace, String name);

    /**
     * Changes the newest rollout of a Canary, locked against everybody else.
     *
     * @param rule what is kept afterwards, given what is kept now; empty keeps nothing new
     * @return as it was and as it is
     */
    Change change(String namespace, String name, UnaryOperator<Optional<FlaggerRollout>> rule);

    /** What was kept before a change and what after it. */
    record Change(Optional<FlaggerRollout> before, Optional<FlaggerRollout> after) {}
}
