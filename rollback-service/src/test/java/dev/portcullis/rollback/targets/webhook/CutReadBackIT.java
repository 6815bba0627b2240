package dev.portcullis.rollback.targets.webhook;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.CuttingHttpServer;
import dev.portcullis.kit.testing.CuttingHttpServer.Framing;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Read-backs that break off: they say neither that traffic is back nor that it is not. */
class CutReadBackIT {
    private static final String RESTORED = "{\"restored\":true,\"detail\":\"all of it\"}";

    private final WebhookTarget target = new WebhookTarget(
            new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry())),
            Map.of(),
            Clock.systemUTC());

    private TargetObservation observed(Framing framing, String body) {
        try (var server = new CuttingHttpServer(path -> framing.of("application/json", body))) {
            var order = new RollbackOrder("checkout", "services/checkout/releases/r", "7d9c8", "5f6b7", "it burns");
            var values = Map.of("url", server.address(), "readBack", server.address() + "/where", "timeout", "PT20S");
            return target.observe(
                    new Assignment("rollbacks/1", "1/1", 7, order, new TargetSettings("webhook", "webhook 1", values)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SHORT_OF_CONTENT_LENGTH", "WITHOUT_LAST_CHUNK"})
    void aReadBackThatIsShorterThanItWasToBeIsUnreadable(Framing framing) {
        var seen = assertInstanceOf(TargetObservation.Unreadable.class, observed(framing, RESTORED));
        assertTrue(seen.text().contains("the answer was cut off after " + RESTORED.length()), seen.text());
    }

    @Test
    void noPartOfAReadBackIsOne() {
        assertInstanceOf(TargetObservation.Restored.class, observed(Framing.UNTIL_CLOSE, RESTORED));
        for (int length = 0; length < RESTORED.length(); length++) {
            assertInstanceOf(
                    TargetObservation.Unreadable.class, observed(Framing.UNTIL_CLOSE, RESTORED.substring(0, length)));
        }
    }
}
