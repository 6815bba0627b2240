package dev.portcullis.gate.release;

import java.time.Instant;
import java.util.Optional;

/**
 * The open releases at one moment.
 *
 * @param count how many there are
 * @param oldestUndecided when the oldest was opened whose latest decision is no PROMOTE; empty when there is none
 */
public record OpenReleases(long count, Optional<Instant> oldestUndecided) {}
