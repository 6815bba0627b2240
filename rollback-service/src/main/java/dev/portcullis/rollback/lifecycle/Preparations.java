package dev.portcullis.rollback.lifecycle;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The port to where preparations are kept until they are used or out of date. Thread-safe. */
public interface Preparations {
    void keep(Preparation preparation);

    /** Without its outlooks, which nobody needs any more. */
    Optional<Preparation> find(UUID token);

    /** Drops what expired before then. */
    void forget(Instant expiredBefore);
}
