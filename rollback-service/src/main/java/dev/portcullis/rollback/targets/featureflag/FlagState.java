package dev.portcullis.rollback.targets.featureflag;

/**
 * A flag as it was seen.
 *
 * @param off whether it is switched off
 * @param version of the flag, or of the document it stands in: no two states of it share one
 * @param text what was seen, in one line
 * @param document the JSON it was read from
 */
record FlagState(boolean off, String version, String text, String document) {}
