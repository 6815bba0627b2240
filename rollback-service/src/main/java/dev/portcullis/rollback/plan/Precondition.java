package dev.portcullis.rollback.plan;

/**
 * Something looked at before a rollback that people should know. What forbids one is {@link Readiness.Blocked}.
 *
 * @param id what it is about, UPPER_SNAKE, the same at every target
 * @param met whether it is as it should be; otherwise it is a warning
 * @param text what was seen, in one line
 */
public record Precondition(String id, boolean met, String text) {}
