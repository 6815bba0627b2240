package dev.portcullis.gate.analysis;

/**
 * That an analysis says something else than before.
 *
 * @param analysis its name, "analyses/{uuid}"
 * @param fail whether it now says FAIL
 */
public record VerdictChange(String analysis, boolean fail) {}
