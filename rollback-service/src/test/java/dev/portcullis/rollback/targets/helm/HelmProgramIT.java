package dev.portcullis.rollback.targets.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.kit.client.Breakers;
import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The target and a real helm, where one is on the PATH; the server keeps the release's Secrets and no objects. */
@Tag("extra")
final class HelmProgramIT {
    private final SecretServer server = new SecretServer();
    private final Map<String, String> values = new HashMap<>(Map.of(
            "cluster", "default",
            "namespace", "shop",
            "release", "checkout",
            "program", "helm",
            "timeout", "PT30S",
            "pendingFor", "PT5M"));

    @TempDir
    Path folder;

    private HelmTarget target = new HelmTarget(clusters(Map.of()), Map.of(), Clock.systemUTC());

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Program.find("helm", System.getenv()).isPresent(), "there is no helm on the PATH");
        var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        var access = new ClusterSettings.Access.Kubeconfig(kubeconfig, Optional.of("here"));
        var settings = Map.of("default", new ClusterSettings("default", access, Duration.ofSeconds(5)));
        target = new HelmTarget(clusters(settings), System.getenv(), Clock.systemUTC());
        server.release(1, "superseded", "2.0.3", "1.7.0");
        server.release(2, "superseded", "2.0.4", "1.8.0");
    }

    private static Clusters clusters(Map<String, ClusterSettings> settings) {
        return new Clusters(
                () -> settings,
                Map.of(),
                OpenTelemetry.noop(),
                new Breakers(new SimpleMeterRegistry()),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Assignment prepared(String to) {
        var order = new RollbackOrder("checkout", "", "3", to, "it's burning");
        var ready = assertInstanceOf(
                Ready.class, target.prepare(order, new TargetSettings("helm", "helm release", values)));
        return new Assignment("rollbacks/1", "1/1", 1, order, ready.pinned());
    }

    @Test
    void aReleaseIsReturnedAndASecondTimeIsLeftAlone() {
        server.release(3, "deployed", "2.1.0", "1.9.0");
        var assignment = prepared("1.8.0");
        assertEquals(
                new NotRestored("at revision 3 (web-2.1.0, deployed: Upgrade complete)"), target.observe(assignment));
        assertEquals(new Accepted("helm rolled back to revision 2"), target.apply(assignment));
        var back = new Restored("at revision 4 (web-2.0.4, deployed: Rollback to 2)");
        assertEquals(back, target.observe(assignment));
        assertEquals(new Accepted(back.text()), target.apply(assignment));
    }

    @Test
    void aReleaseThatADeadHelmLeftPendingIsReturned() {
        server.release(3, "pending-rollback", "2.1.0", "1.9.0");
        values.put("pendingFor", "PT1S");
        var assignment = prepared("2");
        assertInstanceOf(Accepted.class, target.apply(assignment));
        assertInstanceOf(Restored.class, target.observe(assignment));
    }

    @Test
    void aReleaseThatIsNotThereIsKnownByHelmsWords() {
        values.put("release", "cart");
        var order = new RollbackOrder("checkout", "", "3", "2", "it's burning");
        var why = assertInstanceOf(
                Blocked.class, target.prepare(order, new TargetSettings("helm", "helm release", values)));
        assertEquals(Obstacle.TARGET_NOT_FOUND, why.obstacle());
    }

    @Test
    void aClusterThatIsGoneLeavesNothingUnknown() {
        server.release(3, "deployed", "2.1.0", "1.9.0");
        var assignment = prepared("2");
        server.close();
        var gone = assertInstanceOf(Again.class, target.apply(assignment));
        assertFalse(gone.effectUnknown());
        assertTrue(gone.text().contains("Kubernetes cluster unreachable"), gone.text());
    }
}
