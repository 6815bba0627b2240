package dev.portcullis.gate.audit;

import dev.portcullis.kit.transparency.SignedNote;
import java.util.Optional;

/** Where the newest checkpoint is kept outside of the database, so that a database that was put back to an older state is found out. Thread-safe. */
public interface SignedElsewhere {
    /** What was kept; empty when nothing was yet. Throws {@link dev.portcullis.kit.transparency.LogDamageException} when it cannot be read. */
    Optional<SignedNote> newest();

    /** Keeps one in place of the one before. */
    void keep(SignedNote checkpoint);
}
