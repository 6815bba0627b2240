package dev.portcullis.rollback.targets.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.rollback.exchange.Curl;
import dev.portcullis.rollback.exchange.ResponseRedactor;
import dev.portcullis.rollback.exchange.TokenException;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The target of services that bring their own switch behind HTTP: one call to throw it, one to see how it stands. Each service has a
 * circuit breaker of its own, {@code webhook:<service>}. Thread-safe.
 */
public final class WebhookTarget implements RollbackTarget {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TracedHttpClient http;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param environment where tokens named by {@code tokenEnv} are looked up */
    public WebhookTarget(TracedHttpClient http, Map<String, String> environment, Clock clock) {
        this.http = http;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return WebhookKind.NAME;
    }

    /** There is nothing to pin, and a switch that cannot be read is told all the same: that is a warning. */
    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        var now = observe(new Assignment("", "", 0, order, configured));
        var readable = !(now instanceof TargetObservation.Unreadable);
        var goal = WebhookSettings.of(configured).readBack() + " answers restored: true for " + order.to();
        return new Readiness.Ready(
                configured, now, goal, List.of(new Precondition("TARGET_READABLE", readable, now.text())));
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        var settings = WebhookSettings.of(assignment.target());
        try {
            var token = settings.token().read(environment);
            var request = HttpRequest.newBuilder(readBack(settings, assignment)).GET();
            return ReadBack.read(send(assignment, settings, request, token), new ResponseRedactor(token));
        } catch (HttpCallException e) {
            return new TargetObservation.Unreadable("GET " + e.getMessage());
        } catch (TokenException e) {
            return new TargetObservation.Unreadable(e.fault());
        }
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        var settings = WebhookSettings.of(assignment.target());
        try {
            var token = settings.token().read(environment);
            var request = HttpRequest.newBuilder(settings.url())
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", assignment.idempotencyKey())
                    .header("Fencing-Token", Long.toString(assignment.fence()))
                    .POST(BodyPublishers.ofString(body(assignment)));
            return WebhookResponse.of(
                    send(assignment, settings, request, token), new ResponseRedactor(token), clock.instant());
        } catch (HttpCallException e) {
            return WebhookResponse.of(e);
        } catch (TokenException e) {
            return new ApplyResult.Again(e.fault(), Duration.ZERO, false);
        }
    }

    private HttpResponse<String> send(
            Assignment assignment, WebhookSettings settings, HttpRequest.Builder request, Optional<String> token)
            throws HttpCallException {
        request.header("Accept", "application/json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return http.send("webhook:" + assignment.order().service(), request, settings.timeout());
    }

    @Override
    public String commandToApply(Assignment assignment) {
        var settings = WebhookSettings.of(assignment.target());
        return "curl -sS -X POST " + settings.token().curlOption("Bearer ") + "-H 'Content-Type: application/json' -H "
                + Curl.quoted("Idempotency-Key: " + assignment.idempotencyKey()) + " --data "
                + Curl.quoted(body(assignment)) + " "
                + Curl.quoted(settings.url().toString());
    }

    @Override
    public String commandToLook(Assignment assignment) {
        var settings = WebhookSettings.of(assignment.target());
        return "curl -sS " + settings.token().curlOption("Bearer ")
                + Curl.quoted(readBack(settings, assignment).toString());
    }

    private static URI readBack(WebhookSettings settings, Assignment assignment) {
        var order = assignment.order();
        var query = "service=" + encoded(order.service()) + "&to=" + encoded(order.to());
        var base = settings.readBack();
        return URI.create(base + (base.getRawQuery() == null ? "?" : "&") + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String body(Assignment assignment) {
        try {
            return JSON.writeValueAsString(WebhookRequestBody.of(assignment));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order that cannot be written as JSON", e);
        }
    }
}
