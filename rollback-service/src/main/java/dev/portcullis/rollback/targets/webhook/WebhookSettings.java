package dev.portcullis.rollback.targets.webhook;

import dev.portcullis.rollback.exchange.ExchangeKeys;
import dev.portcullis.rollback.exchange.TokenSource;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.time.Duration;

/**
 * Where a service's webhook is and how it is called.
 *
 * @param url called to return the traffic
 * @param readBack asked where the traffic is
 * @param token where the bearer token is kept
 * @param timeout of each exchange
 */
record WebhookSettings(URI url, URI readBack, TokenSource token, Duration timeout) {
    static final String URL = "url";
    static final String READ_BACK = "readBack";

    /** The settings as {@link WebhookKind} wrote them, perhaps some versions ago. */
    static WebhookSettings of(TargetSettings settings) {
        return new WebhookSettings(
                URI.create(settings.required(URL)),
                URI.create(settings.required(READ_BACK)),
                TokenSource.of(settings),
                Duration.parse(settings.required(ExchangeKeys.TIMEOUT)));
    }
}
