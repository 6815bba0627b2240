package dev.portcullis.gate.release;

import java.util.UUID;

/**
 * The record of an analysis that is to be kept with a release.
 *
 * @param analysis "analyses/{uuid}"
 */
public record WantedRecord(UUID release, String analysis) {}
