package dev.portcullis.gate.release;

/**
 * Why a person had a release begin anew that had ended.
 *
 * @param actor who
 * @param reason why
 */
public record Retry(String actor, String reason) {}
