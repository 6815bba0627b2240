package dev.portcullis.gate.release;

import java.util.Optional;

/**
 * A release after a change.
 *
 * @param change what was written; empty when nothing was
 */
public record ChangedRelease(Release release, Optional<ReleaseChange> change) {}
