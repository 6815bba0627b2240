package dev.portcullis.rollback.targets.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a look before a rollback shows people, and what forbids one. */
final class HelmPreparationIT {
    private final HelmWorld world = new HelmWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Readiness prepared(String to) {
        return world.target().prepare(HelmWorld.order(to), world.configured());
    }

    private Ready ready(String to) {
        return assertInstanceOf(Ready.class, prepared(to));
    }

    private void blocked(String to, Obstacle obstacle, String text) {
        assertEquals(new Blocked(obstacle, "helm release shop/checkout: " + text), prepared(to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "1.8.0"})
    void aRevisionIsNamedByItsNumberOrByTheApplicationsVersion(String to) {
        var ready = ready(to);
        assertEquals(
                "release shop/checkout is at revision 5 (web-2.0.4, superseded: Upgrade complete), or a copy of it, with all of its pods",
                ready.goal());
        assertEquals("5", ready.pinned().values().get("revision"));
        assertEquals(Map.of("NO_OPERATION_RUNNING", true, "NOT_KEPT_BY_GITOPS", true), met(ready));
    }

    private static Map<String, Boolean> met(Ready ready) {
        return ready.preconditions().stream()
                .collect(java.util.stream.Collectors.toMap(Precondition::id, Precondition::met));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "05", "1.8", "web-2.0.4"})
    void anyOtherNameIsNotFoundAndTheKeptRevisionsAreTold(String to) {
        blocked(
                to,
                Obstacle.REVISION_NOT_FOUND,
                "'" + to
                        + "' is no revision, and no application's version of one; kept: 6: web-2.1.0, application 1.9.0, deployed; "
                        + "5: web-2.0.4, application 1.8.0, superseded; 4: web-2.0.4, application 1.8.0, failed; 3: web-2.0.3, application 1.7.0, superseded");
    }

    @Test
    void aVersionThatCameWithDifferentChartsIsAmbiguous() {
        world.helm.revision(
                "7|2026-03-01T12:00:00Z|superseded|web-2.0.5|1.8.0|Upgrade complete\n8|2026-03-01T12:00:00Z|deployed|web-2.1.0|1.9.0|Upgrade complete\n");
        blocked(
                "1.8.0",
                Obstacle.REVISION_AMBIGUOUS,
                "application version '1.8.0' came with different charts; name a revision by its number; kept: 7: web-2.0.5, application 1.8.0, superseded; "
                        + "5: web-2.0.4, application 1.8.0, superseded");
    }

    @Test
    void aRevisionThatFailedIsNothingToReturnTo() {
        blocked(
                "4",
                Obstacle.NOT_POSSIBLE,
                "revision 4 (web-2.0.4, failed: Upgrade \"checkout\" failed: timed out waiting for the condition) was never deployed whole");
    }

    @Test
    void whatIsDeployedAlreadyIsSeenAsACopyToo() {
        assertInstanceOf(Restored.class, ready("6").now());
        world.helm.revision("7|2026-03-01T12:00:00Z|deployed|web-2.0.4|1.8.0|Rollback to 5\n");
        assertInstanceOf(Restored.class, ready("5").now());
        assertInstanceOf(Restored.class, ready("1.8.0").now());
    }

    @Test
    void aProgramThatIsNotThereIsToldWithWhatToDo() {
        world.values.put("program", "helm-of-nobody");
        var why = assertInstanceOf(Blocked.class, prepared("5"));
        assertEquals(Obstacle.TOOL_MISSING, why.obstacle());
        assertTrue(
                why.text()
                        .startsWith("there is no program 'helm-of-nobody' that rollback-service can run; install Helm"),
                why.text());
        world.values.put("program", "/etc/passwd");
        assertEquals(
                Obstacle.TOOL_MISSING,
                assertInstanceOf(Blocked.class, prepared("5")).obstacle());
    }

    @Test
    void aReleaseThatIsNotThereOrUninstalledIsRefused() {
        world.helm.revision("7|2026-03-01T12:00:00Z|uninstalled|web-2.1.0|1.9.0|Uninstallation complete\n");
        blocked(
                "5",
                Obstacle.NOT_POSSIBLE,
                "it is uninstalled: revision 7 (web-2.1.0, uninstalled: Uninstallation complete)");
        world.helm.complain("Error: release: not found");
        blocked("5", Obstacle.TARGET_NOT_FOUND, "there is no such release");
    }

    @Test
    void whoMayNotLookIsToldAndWhoCannotIsUnreachable() {
        world.helm.complain(HelmWorld.FORBIDDEN);
        assertEquals(
                Obstacle.ACCESS_DENIED,
                assertInstanceOf(Blocked.class, prepared("5")).obstacle());
        world.vanish();
        assertInstanceOf(Unreachable.class, prepared("5"));
        world.values.put("cluster", "nowhere");
        assertEquals(
                Obstacle.NOT_POSSIBLE,
                assertInstanceOf(Blocked.class, prepared("5")).obstacle());
    }

    @Test
    void aRefusalByAnApiServerThatHasJustStartedPasses() {
        world.helm.complain(HelmWorld.FORBIDDEN);
        world.start();
        assertEquals(
                new Unreachable("helm history: " + HelmWorld.FORBIDDEN
                        + " (the API server has just started and does not know yet who may do what)"),
                prepared("5"));
        blocked("5", Obstacle.ACCESS_DENIED, "helm history: " + HelmWorld.FORBIDDEN);
    }

    @Test
    void aPendingRevisionAndWhoKeepsTheReleaseAreWarnings() {
        world.helm.revision("7|" + HelmWorld.START + "|pending-upgrade|web-2.2.0|2.0.0|Preparing upgrade\n");
        world.server.put(ResourceKind.DEPLOYMENT, "shop", """
                metadata:
                  name: web
                  labels: {app.kubernetes.io/managed-by: Helm, helm.toolkit.fluxcd.io/name: checkout, helm.toolkit.fluxcd.io/namespace: shop}
                  annotations: {meta.helm.sh/release-name: checkout}
                """);
        var ready = ready("5");
        assertEquals(Map.of("NO_OPERATION_RUNNING", false, "NOT_KEPT_BY_GITOPS", false), met(ready));
        assertEquals(
                "revision 7 (web-2.2.0, pending-upgrade: Preparing upgrade) is waited for, 300 s at most",
                ready.preconditions().getFirst().text());
        assertEquals(
                "Flux HelmRelease shop/checkout may take the rollback back: suspend it before, by hand",
                ready.preconditions().getLast().text());
    }
}
