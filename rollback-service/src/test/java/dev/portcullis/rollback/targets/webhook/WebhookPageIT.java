package dev.portcullis.rollback.targets.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetPage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of docs/targets/webhook.md, carried out. */
final class WebhookPageIT {
    private static final TargetPage PAGE = TargetPage.of("webhook");

    @Test
    void theConfigurationIsLegal() {
        assertEquals("webhook", PAGE.policy().target().kind());
    }

    @Test
    void theRequestIsWhatIsSentAndTheAnswerIsUnderstood() throws Exception {
        var shown = PAGE.examples("json").get(0);
        var fields = new ObjectMapper().readTree(shown);
        var order = new RollbackOrder(
                fields.get("service").textValue(),
                fields.get("release").textValue(),
                fields.get("from").textValue(),
                fields.get("to").textValue(),
                fields.get("reason").textValue());
        try (var other = new TrafficSwitch()) {
            var settings = Map.of("url", other.url(), "readBack", other.readBack(), "timeout", "PT5S");
            var assignment = new Assignment(
                    fields.get("rollback").textValue(),
                    "key",
                    1,
                    order,
                    new TargetSettings("webhook", "webhook", settings));
            var http = new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry()));
            var target = new WebhookTarget(http, Map.of(), Clock.systemUTC());
            target.apply(assignment);
            assertEquals(shown, other.posts().getFirst().body());
            var answer = PAGE.examples("json").get(1);
            other.onLook = request -> Response.json(200, answer);
            var seen = assertInstanceOf(TargetObservation.NotRestored.class, target.observe(assignment));
            assertEquals("restored: false, 5f6b7 has 70% of the requests", seen.text());
        }
    }
}
