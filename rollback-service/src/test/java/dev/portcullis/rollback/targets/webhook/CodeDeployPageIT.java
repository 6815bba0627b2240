package dev.portcullis.rollback.targets.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.http.TracedHttpClient;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of docs/targets/codedeploy.md, carried out with a stand-in for AWS. */
@Timeout(120)
final class CodeDeployPageIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOKEN = "sw1tch";
    private static final String GROUP = ",\"applicationName\":\"shop\",\"deploymentGroupName\":\"checkout\"";

    @TempDir
    Path folder;

    private final WebhookTarget target = new WebhookTarget(
            new TracedHttpClient(OpenTelemetry.noop(), new Breakers(new SimpleMeterRegistry())),
            Map.of("SWITCH_TOKEN", TOKEN, "WRONG_TOKEN", "other"),
            Clock.systemUTC());

    @BeforeEach
    void deployed() throws IOException {
        deployment("d-OLD", "Succeeded", ",\"revision\":{\"revisionType\":\"AppSpecContent\"}");
        deployment("d-BAD", "InProgress", "");
    }

    private void deployment(String id, String status, String more) throws IOException {
        var info = "{\"deploymentId\":\"" + id + "\",\"status\":\"" + status + "\"" + GROUP + more + "}";
        Files.writeString(folder.resolve(id + ".json"), info);
    }

    private static Assignment assignment(CodeDeploySwitch other, String tokenEnv, String from, String timeout) {
        var order = new RollbackOrder("checkout", "", from, "d-OLD", "it's burning");
        var values = Map.of("url", other.url(), "readBack", other.readBack(), "tokenEnv", tokenEnv, "timeout", timeout);
        return new Assignment("rollbacks/1", "1/0", 1, order, new TargetSettings("webhook", "webhook 1", values));
    }

    private static Assignment assignment(CodeDeploySwitch other) {
        return assignment(other, "SWITCH_TOKEN", "d-BAD", "PT30S");
    }

    @Test
    void theConfigurationIsLegal() {
        assertEquals("webhook", CodeDeploySwitch.PAGE.policy().target().kind());
    }

    @Test
    void aRunningDeploymentIsStoppedOnceAndItsTrafficLookedFor() throws IOException {
        try (var other = CodeDeploySwitch.start(folder, TOKEN)) {
            var assignment = assignment(other);
            assertEquals(
                    new TargetObservation.NotRestored("restored: false, no rollback to d-OLD was ordered"),
                    target.observe(assignment));
            assertInstanceOf(ApplyResult.Accepted.class, target.apply(assignment));
            assertInstanceOf(ApplyResult.Accepted.class, target.apply(assignment));
            assertEquals(1, other.calls("stop-deployment").size());
            assertEquals(
                    new TargetObservation.NotRestored("restored: false, rollback deployment d-ROLLBACK is InProgress"),
                    target.observe(assignment));
            deployment("d-ROLLBACK", "Succeeded", "");
            assertEquals(
                    new TargetObservation.Restored("restored: true, rollback deployment d-ROLLBACK is Succeeded"),
                    target.observe(assignment));
            assertEquals(0, other.calls("create-deployment").size());
        }
    }

    @Test
    void aFinishedDeploymentIsFollowedByOneOfTheOldRevision() throws IOException {
        deployment("d-BAD", "Succeeded", "");
        try (var other = CodeDeploySwitch.start(folder, TOKEN)) {
            var assignment = assignment(other);
            target.apply(assignment);
            target.apply(assignment);
            assertEquals(1, other.calls("create-deployment").size());
            assertTrue(Files.readString(folder.resolve("d-NEW0.json")).contains("AppSpecContent"));
            assertInstanceOf(TargetObservation.NotRestored.class, target.observe(assignment));
            deployment("d-NEW0", "Succeeded", "");
            assertInstanceOf(TargetObservation.Restored.class, target.observe(assignment));
        }
    }

    @Test
    void killedAfterADeploymentWasMadeItIsFoundAgain() throws Exception {
        deployment("d-BAD", "Succeeded", "");
        Files.writeString(folder.resolve("hang"), "");
        try (var other = CodeDeploySwitch.start(folder, TOKEN)) {
            var lost = assertInstanceOf(
                    ApplyResult.Again.class, target.apply(assignment(other, "SWITCH_TOKEN", "d-BAD", "PT3S")));
            assertTrue(lost.effectUnknown());
            Await.until("a deployment", LIMIT, () -> Files.exists(folder.resolve("d-NEW0.json")));
            other.kill();
        }
        Files.delete(folder.resolve("hang"));
        try (var other = CodeDeploySwitch.start(folder, TOKEN)) {
            assertInstanceOf(ApplyResult.Accepted.class, target.apply(assignment(other)));
            assertEquals(1, other.calls("create-deployment").size());
            deployment("d-NEW0", "Succeeded", "");
            assertInstanceOf(TargetObservation.Restored.class, target.observe(assignment(other)));
        }
    }

    @Test
    void whileAwsFailsItIsTriedAgainAndOtherFaultsAreRefused() throws IOException {
        try (var other = CodeDeploySwitch.start(folder, TOKEN)) {
            Files.writeString(folder.resolve("down"), "");
            assertInstanceOf(ApplyResult.Again.class, target.apply(assignment(other)));
            Files.delete(folder.resolve("down"));
            assertInstanceOf(ApplyResult.Accepted.class, target.apply(assignment(other)));
            var fresh = new Assignment(
                    "rollbacks/2",
                    "2/0",
                    1,
                    assignment(other, "SWITCH_TOKEN", "d-NONE", "PT30S").order(),
                    assignment(other).target());
            var gone = assertInstanceOf(ApplyResult.Refused.class, target.apply(fresh));
            assertTrue(gone.text().contains("answered 404"), gone.text());
            var denied = target.apply(assignment(other, "WRONG_TOKEN", "d-BAD", "PT30S"));
            assertTrue(denied.text().contains("answered 401"), denied.text());
            assertInstanceOf(
                    TargetObservation.Unreadable.class,
                    target.observe(assignment(other, "WRONG_TOKEN", "d-BAD", "PT30S")));
        }
    }
}
