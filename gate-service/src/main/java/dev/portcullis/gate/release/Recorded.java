package dev.portcullis.gate.release;

import java.util.List;
import java.util.Optional;

/**
 * A release after a change.
 *
 * @param change what was written; empty when nothing was
 * @param superseded older releases that ended by it, as they are now
 */
public record Recorded(Release release, Optional<Change> change, List<Release> superseded) {
    public Recorded {
        superseded = List.copyOf(superseded);
    }
}
