package dev.portcullis.gate.release;

import java.util.Optional;

/**
 * A release after a change.
 *
 * @param change what was written; empty when nothing was
 */
public record Recorded(Release release, Optional<Change> change) {}
