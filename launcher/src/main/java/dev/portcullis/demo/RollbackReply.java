package dev.portcullis.demo;

/**
 * What the webhook answers.
 *
 * @param status 200, or 422 when the shop cannot do what was asked
 */
record RollbackReply(int status, String detail) {}
