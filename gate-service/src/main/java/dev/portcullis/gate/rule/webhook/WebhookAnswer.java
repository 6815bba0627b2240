package dev.portcullis.gate.rule.webhook;

/** What came of asking a webhook. */
public sealed interface WebhookAnswer {
    /** It agrees. */
    record Allowed() implements WebhookAnswer {}

    /**
     * It does not agree.
     *
     * @param reason in its own words, one line; may be empty
     */
    record Denied(String reason) implements WebhookAnswer {}

    /**
     * It could not be asked, or its answer could not be read.
     *
     * @param detail why, one line
     */
    record Unavailable(String detail) implements WebhookAnswer {}
}
