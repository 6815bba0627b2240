package dev.portcullis.gate.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.portcullis.gate.rule.webhook.WebhookAnswer;
import dev.portcullis.gate.rule.webhook.WebhookQuestion;
import dev.portcullis.gate.rule.webhook.Webhooks;
import dev.portcullis.kit.http.HttpCallException;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.text.PlainText;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Webhooks of rules, in the form of the Open Policy Agent's data API: {@code {"input": {...}}} is sent, and {@code {"result": true}} or {@code {"result": {"allow": true, "reason":
 * "..."}}} is understood. Whatever else comes is no answer. Thread-safe.
 */
public final class HttpWebhooks implements Webhooks {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int OK = 200;
    private static final int LONGEST_REASON = 300;
    private static final String LEGAL =
            "; a 200 with {\"result\": true}, or a result with allow and perhaps a reason, is legal";

    private final TracedHttpClient http;

    public HttpWebhooks(TracedHttpClient http) {
        this.http = http;
    }

    @Override
    public WebhookAnswer ask(WebhookQuestion question) {
        var from = "POST " + address(question.url());
        try {
            var body = JSON.writeValueAsString(Map.of("input", question.input()));
            var request = HttpRequest.newBuilder(question.url())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body));
            var downstream = "webhook " + question.url().getAuthority();
            return answer(http.send(downstream, request, question.timeout()), from);
        } catch (HttpCallException | JsonProcessingException e) {
            return new WebhookAnswer.Unavailable(
                    from + ": " + PlainText.line(String.valueOf(e.getMessage()), LONGEST_REASON));
        }
    }

    private static WebhookAnswer answer(HttpResponse<String> response, String from) {
        if (response.statusCode() != OK) {
            return new WebhookAnswer.Unavailable(from + " answered " + response.statusCode() + LEGAL);
        }
        try {
            return answer(JSON.readTree(response.body()).path("result"), from);
        } catch (JsonProcessingException e) {
            return new WebhookAnswer.Unavailable(from + " answered no JSON" + LEGAL);
        }
    }

    private static WebhookAnswer answer(JsonNode result, String from) {
        var allow = result.isObject() ? result.path("allow") : result;
        if (!allow.isBoolean()) {
            return new WebhookAnswer.Unavailable(from + " answered without a result that is true or false" + LEGAL);
        }
        return allow.booleanValue() ? new WebhookAnswer.Allowed() : new WebhookAnswer.Denied(reason(result));
    }

    private static String reason(JsonNode result) {
        return PlainText.line(result.path("reason").asText(""), LONGEST_REASON);
    }

    /** Without the query, which may hold a key. */
    private static String address(URI url) {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }
}
