package dev.portcullis.rollback.target.webhook;

import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

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
    static final String TOKEN_FILE = "tokenFile";
    static final String TOKEN_ENV = "tokenEnv";
    static final String TIMEOUT = "timeout";

    /** The settings as {@link WebhookKind} wrote them, perhaps some versions ago. */
    static WebhookSettings of(TargetSettings settings) {
        var values = settings.values();
        return new WebhookSettings(
                URI.create(required(values, URL)),
                URI.create(required(values, READ_BACK)),
                token(values),
                Duration.parse(required(values, TIMEOUT)));
    }

    private static TokenSource token(Map<String, String> values) {
        if (values.containsKey(TOKEN_FILE)) {
            return new TokenSource.InFile(required(values, TOKEN_FILE));
        }
        return values.containsKey(TOKEN_ENV)
                ? new TokenSource.InEnvironment(required(values, TOKEN_ENV))
                : new TokenSource.None();
    }

    private static String required(Map<String, String> values, String key) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("the kept settings of a webhook lack '" + key + "'");
        }
        return value;
    }
}
