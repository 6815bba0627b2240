package dev.portcullis.gate.http.github;

import dev.portcullis.gate.github.GitHubApps;
import dev.portcullis.gate.github.ProtectionRules;
import dev.portcullis.gate.http.JsonResponse;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.StoreUnavailableException;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.kit.http.ErrorBody;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhook of the GitHub app. GitHub waits for ten seconds, so a request is kept and nothing more; it is answered later, by a call to GitHub. Thread-safe.
 */
@Controller("/v1/github/protection-rule")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProtectionRuleController {
    private static final String EVENT = "deployment_protection_rule";
    private static final int LONGEST_DELIVERY = 100;
    private static final Logger LOG = LoggerFactory.getLogger(ProtectionRuleController.class);

    private final GitHubApps apps;
    private final ProtectionRules rules;
    private final Traces traces;
    private final Clock clock;

    ProtectionRuleController(GitHubApps apps, ProtectionRules rules, Traces traces, Clock clock) {
        this.apps = apps;
        this.rules = rules;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * The body of an answer to GitHub, which people see among the deliveries of the app.
     *
     * @param request what became of it: KEPT, KNOWN (it was delivered before) or NOTHING_TO_DO
     */
    @Introspected
    record Received(String request) {}

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> receive(HttpRequest<byte[]> request) {
        var app = apps.current();
        if (app.isEmpty()) {
            return JsonResponse.refusal(
                    HttpStatus.NOT_FOUND, "request", "the configuration folder has no document of kind GitHubApp");
        }
        var body = request.getBody().orElseGet(() -> new byte[0]);
        var signature = request.getHeaders().getFirst("X-Hub-Signature-256");
        try {
            if (!WebhookSignature.right(signature, body, app.get().webhookSecretFile())) {
                return JsonResponse.refusal(HttpStatus.UNAUTHORIZED, "X-Hub-Signature-256", unsigned(signature));
            }
        } catch (IOException e) {
            LOG.warn(
                    "webhooks of GitHub are refused: webhookSecretFile {} cannot be used ({})",
                    app.get().webhookSecretFile(),
                    e.getClass().getSimpleName());
            return JsonResponse.refusal(HttpStatus.SERVICE_UNAVAILABLE, "request", "the webhook secret cannot be read");
        }
        if (!request.getHeaders().getFirst("X-GitHub-Event").orElse("").equals(EVENT)) {
            return received(HttpStatus.OK, "NOTHING_TO_DO");
        }
        var delivery = request.getHeaders().getFirst("X-GitHub-Delivery").orElse("");
        if (delivery.isEmpty() || delivery.length() > LONGEST_DELIVERY) {
            throw new InvalidFieldException(
                    "X-GitHub-Delivery", "is missing or over " + LONGEST_DELIVERY + " characters");
        }
        var rule = RuleRequest.of(body, delivery, traces.traceparent(), clock.instant());
        if (rule.isEmpty()) {
            return received(HttpStatus.OK, "NOTHING_TO_DO");
        }
        return rules.open(rule.get()) ? received(HttpStatus.ACCEPTED, "KEPT") : received(HttpStatus.OK, "KNOWN");
    }

    private static String unsigned(Optional<String> signature) {
        return (signature.isEmpty() ? "is missing" : "is not that of this body")
                + "; expected is sha256= and the HMAC-SHA256 of the body as it was sent, in hex, with the text of webhookSecretFile as key:"
                + " GitHub sends it when the app has that secret for its webhook, and a proxy has to leave body and header as they are";
    }

    /** GitHub shows the delivery as failed, and it can be sent again. */
    @Error(StoreUnavailableException.class)
    HttpResponse<ErrorBody> unavailable(StoreUnavailableException e) {
        LOG.warn("{}: a webhook of GitHub could not be kept", e.getMessage());
        return JsonResponse.refusal(HttpStatus.SERVICE_UNAVAILABLE, "request", e.getMessage() + "; deliver it again");
    }

    private static HttpResponse<Received> received(HttpStatus status, String what) {
        return JsonResponse.of(HttpResponse.<Received>status(status).body(new Received(what)));
    }
}
