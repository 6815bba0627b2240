package dev.portcullis.gate.rule.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What a webhook is asked.
 *
 * @param url where
 * @param timeout of the whole exchange
 * @param input what it is told of the promotion: texts, numbers, and maps and lists of them
 */
public record WebhookQuestion(URI url, Duration timeout, Map<String, Object> input) {
    public WebhookQuestion {
        input = Map.copyOf(input);
    }
}
