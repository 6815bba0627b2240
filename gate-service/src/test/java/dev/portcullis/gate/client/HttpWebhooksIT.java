package dev.portcullis.gate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.rule.webhook.WebhookAnswer;
import dev.portcullis.gate.rule.webhook.WebhookQuestion;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.StubHttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpWebhooksIT {
    private final HttpWebhooks webhooks =
            new HttpWebhooks(new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry())));

    private WebhookAnswer ask(String address) {
        var url = URI.create(address + "/v1/data/release?key=secret");
        return webhooks.ask(new WebhookQuestion(url, Duration.ofSeconds(20), Map.of("service", "checkout")));
    }

    private WebhookAnswer answered(int status, String body) {
        try (var server = new StubHttpServer(request -> StubHttpServer.Response.json(status, body))) {
            return ask(server.address());
        }
    }

    @Test
    void aWebhookIsSentItsInputAsTheOpenPolicyAgentTakesIt() {
        try (var server = new StubHttpServer(request -> StubHttpServer.Response.json(200, "{\"result\": true}"))) {
            assertEquals(new WebhookAnswer.Allowed(), ask(server.address()));
            var request = server.requests().getFirst();
            assertEquals("POST", request.method());
            assertEquals("{\"input\":{\"service\":\"checkout\"}}", request.body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"result\": false}                                    | ''",
                "{\"result\": {\"allow\": false}}                       | ''",
                "{\"result\": {\"allow\": false, \"reason\": \"a freeze\"}} | a freeze",
            })
    void aWebhookMayDenyAndSayWhy(String body, String reason) {
        assertEquals(new WebhookAnswer.Denied(reason), answered(200, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "true",
                "{\"result\": null}",
                "{\"result\": \"true\"}",
                "{\"result\": 1}",
                "{\"result\": {}}",
                "{\"result\": {\"allow\": \"true\"}}",
                "{\"result\": true, \"result\": true}",
                "{\"result\": true} {}",
                "<html>"
            })
    void whateverElseIsNoAnswer(String body) {
        assertInstanceOf(WebhookAnswer.Unavailable.class, answered(200, body));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 400, 401, 500, 503})
    void noOtherStatusIsAnAnswerAndNoKeyIsTold(int status) {
        var answer = assertInstanceOf(WebhookAnswer.Unavailable.class, answered(status, "{\"result\": true}"));

        assertTrue(answer.detail().contains("/v1/data/release answered " + status), answer.detail());
        assertTrue(!answer.detail().contains("secret"), answer.detail());
    }

    @Test
    void oneThatIsAwayIsNoAnswer() {
        String address;
        try (var server = new StubHttpServer(request -> StubHttpServer.Response.json(200, "{}"))) {
            address = server.address();
        }

        var answer = assertInstanceOf(WebhookAnswer.Unavailable.class, ask(address));

        assertTrue(!answer.detail().contains("secret"), answer.detail());
    }
}
