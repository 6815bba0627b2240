package dev.portcullis.rollback.targets.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.Wiring;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/targets/webhook.md, carried out. */
final class WebhookPageIT {
    private static final Path PAGE = Path.of("..", "docs", "targets", "webhook.md");

    @TempDir
    Path folder;

    private static List<String> examples(String language) throws Exception {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1).strip())
                .toList();
    }

    @Test
    void theConfigurationIsLegal() throws Exception {
        Files.writeString(folder.resolve("page.yaml"), examples("yaml").getFirst());
        var faults = new Faults();
        var plans = Wiring.targetKinds().parse(new ConfigurationFolder(folder).read(faults), faults);
        assertEquals("[]", faults.list().toString());
        assertEquals(
                "webhook", plans.planOf("checkout", Mode.LIVE).orElseThrow().targets());
    }

    @Test
    void theRequestIsWhatIsSentAndTheAnswerIsUnderstood() throws Exception {
        var shown = examples("json").get(0);
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
            var answer = examples("json").get(1);
            other.onLook = request -> Response.json(200, answer);
            var seen = assertInstanceOf(TargetObservation.NotRestored.class, target.observe(assignment));
            assertEquals("restored: false, 5f6b7 has 70% of the requests", seen.text());
        }
    }
}
