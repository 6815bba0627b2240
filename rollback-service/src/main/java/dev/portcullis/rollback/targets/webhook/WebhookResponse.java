package dev.portcullis.rollback.targets.webhook;

import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.RetryAfter;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.plan.ApplyResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** What an answer to the webhook's call means. */
final class WebhookResponse {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;

    private WebhookResponse() {}

    static ApplyResult of(HttpResponse<String> response, ResponseRedactor redactor, Instant now) {
        var status = response.statusCode();
        var text = "POST " + ResponseRedactor.address(response.uri()) + " answered " + status
                + redactor.body(response.body());
        var wait = RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(""), now);
        if (status / 100 == 2) {
            return new ApplyResult.Accepted(text);
        }
        return switch (status) {
            case TOO_EARLY, TOO_MANY -> new ApplyResult.Again(text, wait, false);
            // A conflict is often an earlier try of ours still under way: looking again tells.
            case REQUEST_TIMEOUT, CONFLICT -> new ApplyResult.Again(text, wait, true);
            default ->
                status >= 500
                        ? new ApplyResult.Again(text, wait, true)
                        : new ApplyResult.Refused(status / 100 == 3 ? text + " (redirects are not followed)" : text);
        };
    }

    static ApplyResult of(HttpCallException fault) {
        var unreached =
                switch (fault.kind()) {
                    case CONNECT, BREAKER_OPEN -> true;
                    case TLS, TOO_LARGE, TIMEOUT, BROKEN -> false;
                };
        return new ApplyResult.Again("POST " + fault.getMessage(), Duration.ZERO, !unreached, unreached);
    }
}
