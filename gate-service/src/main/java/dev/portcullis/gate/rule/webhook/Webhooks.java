package dev.portcullis.gate.rule.webhook;

/** The way to webhooks. Thread-safe. */
public interface Webhooks {
    /** Asks one. Blocks up to the question's timeout; never throws. */
    WebhookAnswer ask(WebhookQuestion question);
}
