package dev.portcullis.rollback.targets.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a look before a rollback shows people, and what forbids one. */
final class ArgoCdPreparationIT {
    private static final String PROPOSAL =
            "git clone --branch main https://git.example.com/shop.git revert && cd revert && git restore --source="
                    + ArgoCdWorld.GOOD
                    + " --staged --worktree -- deploy/checkout && git commit -m 'Return deploy/checkout to "
                    + ArgoCdWorld.GOOD
                    + " (was " + ArgoCdWorld.BAD + ")' && git push";
    private static final String OWNED =
            "metadata: {name: checkout, ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, name: shops}]}";

    private ArgoCdWorld world = new ArgoCdWorld(ArgoCdWorld.MANUAL, "refuse");

    @AfterEach
    void close() {
        world.close();
    }

    private void open(String application, String autoSync) {
        world.close();
        world = new ArgoCdWorld(application, autoSync);
    }

    private Readiness prepared(String to) {
        return world.target().prepare(ArgoCdWorld.order(to), world.configured());
    }

    private Ready ready(String to) {
        return assertInstanceOf(Ready.class, prepared(to));
    }

    private void blocked(String to, Obstacle obstacle, String text) {
        assertEquals(new Blocked(obstacle, "application argocd/checkout: " + text), prepared(to));
    }

    private void change(Consumer<ObjectNode> change) {
        world.server.change(Application.KIND, "argocd", "checkout", change);
    }

    private static Map<String, Boolean> met(Ready ready) {
        return ready.preconditions().stream()
                .collect(java.util.stream.Collectors.toMap(Precondition::id, Precondition::met));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "1a2b3c4", "1a2b3c4d5e6f", ArgoCdWorld.GOOD})
    void aRevisionIsNamedByItsIdOrByItsGitRevisionOrTheBeginningOfIt(String to) {
        var ready = ready(to);
        assertEquals("application argocd/checkout is at history id 11 (1a2b3c4d5e6f), Healthy", ready.goal());
        assertEquals("11", ready.pinned().values().get("historyId"));
        assertEquals(ArgoCdWorld.GOOD, ready.pinned().values().get("revisions"));
        assertEquals(new NotRestored("at history id 12 (9f8e7d6c5b4a)"), ready.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "13", "1a2b3c", "1A2B3C4", "2b3c4d5", "main", "5f6b7"})
    void anyOtherNameIsNotFoundAndTheKeptHistoryIsTold(String to) {
        blocked(
                to,
                Obstacle.REVISION_NOT_FOUND,
                "'" + to
                        + "' is no id and no revision of the history; kept: id 12: 9f8e7d6c5b4a of 2026-03-01T11:00:00Z; "
                        + "id 11: 1a2b3c4d5e6f of 2026-02-28T10:00:00Z; id 10: 000000000000 of 2026-02-27T10:00:00Z");
    }

    @Test
    void ofSeveralSourcesAnyRevisionNamesTheEntry() {
        open(ArgoCdWorld.SEVERAL, "refuse");
        assertEquals("3", ready("2.0.4").pinned().values().get("historyId"));
        assertEquals(
                ArgoCdWorld.GOOD + " 2.0.4", ready("1a2b3c4").pinned().values().get("revisions"));
    }

    @Test
    void theNewestOfEqualDeploymentsIsTakenAndDifferentOnesAreAmbiguous() {
        change(app -> ((ObjectNode) app.at("/status/history/0")).put("revision", ArgoCdWorld.GOOD));
        assertEquals("11", ready(ArgoCdWorld.GOOD).pinned().values().get("historyId"));
        change(app -> ((ObjectNode) app.at("/status/history/0/source")).put("path", "deploy/other"));
        blocked(
                "1a2b3c4",
                Obstacle.REVISION_AMBIGUOUS,
                "'1a2b3c4' is the revision of different deployments; name one by its id; kept: id 11: 1a2b3c4d5e6f of 2026-02-28T10:00:00Z; "
                        + "id 10: 1a2b3c4d5e6f of 2026-02-27T10:00:00Z");
    }

    @Test
    void whatIsDeployedAlreadyIsSeen() {
        assertInstanceOf(Restored.class, ready("12").now());
        open(ArgoCdWorld.AUTOMATIC, "refuse");
        assertInstanceOf(Restored.class, ready("12").now());
    }

    @Test
    void anApplicationThatIsNotThereOrBeingDeletedOrFromOldTimesIsRefused() {
        change(app -> ((ObjectNode) app.at("/status/history/1")).remove("source"));
        blocked(
                "11",
                Obstacle.NOT_POSSIBLE,
                "history id 11 (1a2b3c4d5e6f) has no source: it was deployed by Argo CD 0.11 or older");
        change(app -> app.withObject("/metadata").put("deletionTimestamp", "2026-03-01T12:00:00Z"));
        blocked("11", Obstacle.NOT_POSSIBLE, "is being deleted");
        world.server.delete(Application.KIND, "argocd", "checkout");
        assertEquals(
                new Blocked(Obstacle.TARGET_NOT_FOUND, "there is no application argocd/checkout in cluster 'default'"),
                prepared("11"));
    }

    @Test
    void whoMayNotLookIsToldAndWhoCannotIsUnreachable() {
        world.server.failNext(request -> true, 403, Map.of());
        assertEquals(
                Obstacle.ACCESS_DENIED,
                assertInstanceOf(Blocked.class, prepared("11")).obstacle());
        world.server.failNext(request -> true, 503, Map.of());
        assertInstanceOf(Unreachable.class, prepared("11"));
    }

    @Test
    void autoSyncForbidsARollbackUnlessThePolicyLetsItBeSwitchedOff() {
        open(ArgoCdWorld.AUTOMATIC, "refuse");
        blocked(
                "11",
                Obstacle.GITOPS_REVERTS,
                "auto-sync is on ({\"prune\":true,\"selfHeal\":true}) and would take a rollback back; autoSync: switch-off in the policy lets it be "
                        + "switched off; or return Git: " + PROPOSAL);
    }

    @Test
    void autoSyncThatIsNotEnabledIsOff() {
        open(ArgoCdWorld.AUTOMATIC.replace("automated: {", "automated: {enabled: false, "), "refuse");
        assertEquals(true, met(ready("11")).get("AUTO_SYNC_OFF"));
    }

    @Test
    void peopleAreToldThatAutoSyncIsSwitchedOffAndHowItIsSwitchedOnAgain() {
        open(ArgoCdWorld.AUTOMATIC, "switch-off");
        var ready = ready("11");
        assertEquals(
                Map.of(
                        "NO_OPERATION_RUNNING",
                        true,
                        "AUTO_SYNC_OFF",
                        false,
                        "GIT_AGREES",
                        false,
                        "NOT_KEPT_BY_GITOPS",
                        true),
                met(ready));
        assertEquals(
                "auto-sync is on, is switched off, and stays off; on again, once Git is returned, by: kubectl -n argocd patch "
                        + "applications.argoproj.io checkout --type merge -p '{\"metadata\":{\"annotations\":{\"portcullis.dev/auto-sync-was\":null}},"
                        + "\"spec\":{\"syncPolicy\":{\"automated\":{\"prune\":true,\"selfHeal\":true}}}}'",
                ready.preconditions().get(1).text());
        assertEquals(
                "OutOfSync until Git is returned: " + PROPOSAL,
                ready.preconditions().get(2).text());
    }

    @Test
    void anApplicationThatAnotherOneKeepsIsAWarning() {
        open(
                ArgoCdWorld.AUTOMATIC.replace(
                        "metadata: {name: checkout}",
                        "metadata: {name: checkout, annotations: {argocd.argoproj.io/tracking-id: 'root:argoproj.io/Application:argocd/checkout'}}"),
                "switch-off");
        assertEquals(false, met(ready("11")).get("NOT_KEPT_BY_GITOPS"));
    }

    @Test
    void anOperationUnderWayIsAWarning() {
        assertTrue(met(ready("11")).get("NO_OPERATION_RUNNING"));
        change(app -> app.putObject("operation").putObject("sync").put("revision", ArgoCdWorld.BAD));
        assertFalse(met(ready("11")).get("NO_OPERATION_RUNNING"));
    }

    @Test
    void gitThatHasTheRevisionIsSeen() {
        assertFalse(met(ready("11")).get("GIT_AGREES"));
        change(app -> app.withObject("/status/sync").put("revision", ArgoCdWorld.GOOD));
        assertTrue(met(ready("11")).get("GIT_AGREES"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{template: {}};false",
                "{ignoreApplicationDifferences: [{jsonPointers: [/spec/source/targetRevision]}]};false",
                "{ignoreApplicationDifferences: [{name: cart, jsonPointers: [/spec/syncPolicy]}]};false",
                "{ignoreApplicationDifferences: [{jsonPointers: [/spec/syncPolicy]}]};true",
                "{ignoreApplicationDifferences: [{name: checkout, jqPathExpressions: [.spec.syncPolicy.automated]}]};true",
                "{syncPolicy: {applicationsSync: create-update}};false",
                "{syncPolicy: {applicationsSync: create-only}};true",
            })
    void anApplicationSetThatWouldSwitchAutoSyncOnAgainForbidsARollback(String spec, boolean possible) {
        open(ArgoCdWorld.AUTOMATIC.replace("metadata: {name: checkout}", OWNED), "switch-off");
        world.server.put(ApplicationSets.KIND, "argocd", "metadata: {name: shops}\nspec: " + spec);
        if (possible) {
            ready("11");
        } else {
            var why = assertInstanceOf(Blocked.class, prepared("11"));
            assertEquals(Obstacle.GITOPS_REVERTS, why.obstacle());
            assertTrue(
                    why.text()
                            .startsWith(
                                    "application argocd/checkout: ApplicationSet shops would switch auto-sync on again; legal: "),
                    why.text());
        }
    }
}
