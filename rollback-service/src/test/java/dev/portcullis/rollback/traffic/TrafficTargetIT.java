package dev.portcullis.rollback.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.ApplyResult.Accepted;
import dev.portcullis.rollback.plan.ApplyResult.Again;
import dev.portcullis.rollback.plan.ApplyResult.Refused;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.targets.istio.IstioKind;
import dev.portcullis.rollback.targets.istio.VirtualServices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all targets that move requests have in common, tried with a VirtualService. */
final class TrafficTargetIT {
    private static final String POLICY = "{target: istio, namespace: shop, virtualService: checkout%s}";
    private static final String HALF_WAY = """
            metadata:
              name: checkout
              %s
            spec:
              http:
              - route:
                - {destination: {host: checkout, subset: stable}, weight: 70}
                - {destination: {host: checkout, subset: canary}, weight: 30}
            """;
    private static final String NAMED =
            "VirtualService shop/checkout of networking.istio.io/v1beta1 in cluster 'default'";

    private final RouterWorld world = world("", "");

    private static RouterWorld world(String keys, String metadata) {
        var settings = TrafficPolicies.settings(new IstioKind(), POLICY.formatted(keys));
        return new RouterWorld(new VirtualServices(), settings, HALF_WAY.formatted(metadata));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int weight(int destination) {
        return world.object()
                .at("/spec/http/0/route/" + destination + "/weight")
                .asInt();
    }

    private TargetObservation look(Assignment assignment) {
        return world.target().observe(assignment);
    }

    @Test
    void itActsOnTheObjectThatThePolicyNames() {
        assertEquals("istio default/shop/checkout", world.configured().identity());
        assertTrue(TrafficPolicies.stage(new IstioKind(), POLICY.formatted("")).routesTraffic());
    }

    @Test
    void theOneChangeIsGuardedByTheVersionThatWasSeen() {
        var version = world.object().at("/metadata/resourceVersion").asText();
        var outcome = assertInstanceOf(Accepted.class, world.target().apply(world.assignment()));
        assertEquals("route http[0]: stable 100, canary 0", outcome.text());
        var change = world.server.applied().getFirst();
        assertEquals("application/json-patch+json", change.headers().get("content-type"));
        assertEquals(
                "[{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"" + version + "\"},"
                        + "{\"op\":\"replace\",\"path\":\"/spec/http/0/route/0/weight\",\"value\":100},"
                        + "{\"op\":\"replace\",\"path\":\"/spec/http/0/route/1/weight\",\"value\":0}]",
                change.body());
    }

    /** A replica paused between its look and its change, and somebody else's change in between. */
    @Test
    void aChangeAfterAnotherEditorsIsAConflictAndMadeAnewFromWhatIsThereThen() throws Exception {
        var assignment = world.assignment();
        try (var held = world.server.hold(request -> request.isMutating());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var late = threads.submit(() -> world.target().apply(assignment));
            held.awaitArrival();
            world.change(object -> ((ObjectNode) object.at("/spec/http/0/route/1")).put("weight", 31));
            held.release();
            var conflict = assertInstanceOf(Again.class, late.get());
            assertFalse(conflict.effectUnknown(), conflict.text());
        }
        assertEquals(31, weight(1));
        assertInstanceOf(Accepted.class, world.target().apply(assignment));
        assertEquals(0, weight(1));
    }

    @Test
    void whatIsRestoredIsNotTouched() {
        var assignment = world.assignment();
        world.target().apply(assignment);
        assertEquals(
                new Accepted("nothing to change: route http[0]: stable 100, canary 0"),
                world.target().apply(assignment));
        assertEquals(1, world.server.mutations().size());
    }

    @ParameterizedTest
    @CsvSource({
        "403, Refused, PT0S",
        "422, Refused, PT0S",
        "409, Again, PT0S",
        "429, Again, PT7S",
        "500, AgainUnknown, PT0S",
        "503, AgainUnknown, PT7S",
    })
    void aChangeThatTheServerDoesNotTakeMeansWhatItsStatusSays(int status, String meaning, Duration pause) {
        var assignment = world.assignment();
        world.server.failNext(status, pause.isZero() ? Map.of() : Map.of("Retry-After", "7"));
        var result = world.target().apply(assignment);
        assertEquals(meaning, name(result), result.text());
        assertEquals(pause, result instanceof Again again ? again.pause() : Duration.ZERO);
        assertEquals(30, weight(1));
    }

    private static String name(ApplyResult result) {
        var unknown = result instanceof Again again && again.effectUnknown() ? "Unknown" : "";
        return result.getClass().getSimpleName() + unknown;
    }

    @ParameterizedTest
    @CsvSource({"403, Refused", "429, Again", "500, Again", "503, Again"})
    void aLookThatFailsBeforeAChangeHadNoEffect(int status, String meaning) {
        var assignment = world.assignment();
        world.server.failNext(request -> true, status, Map.of());
        assertEquals(meaning, name(world.target().apply(assignment)));
        world.server.failNext(request -> true, status, Map.of());
        assertInstanceOf(TargetObservation.Unreadable.class, look(assignment));
    }

    @Test
    void whatIsMissingWasNotFoundAndIsOutOfReachLater() {
        var assignment = world.assignment();
        world.delete();
        assertEquals(new Blocked(Obstacle.TARGET_NOT_FOUND, "there is no " + NAMED), world.prepared());
        assertEquals(new OutOfReach(NAMED + " is gone"), look(assignment));
        assertEquals(new Refused(NAMED + " is gone"), world.target().apply(assignment));
    }

    @Test
    void anotherObjectOfTheSameNameIsNotMeant() {
        var assignment = world.assignment();
        world.delete();
        world.server.put(world.resource(), "shop", HALF_WAY.formatted("uid: another"));
        var text = assertInstanceOf(OutOfReach.class, look(assignment)).text();
        assertTrue(text.contains("was made anew since the rollback was prepared (uid another instead of"), text);
        assertInstanceOf(Refused.class, world.target().apply(assignment));
        assertEquals(30, weight(1));
    }

    @Test
    void aStableVersionThatVanishedMeanwhileIsSaidAndNothingIsDone() {
        var assignment = world.assignment();
        world.change(object -> ((ObjectNode) object.at("/spec/http/0/route/0/destination")).put("subset", "v1"));
        assertEquals(
                new NotRestored("route http[0]: checkout/v1 70, canary 30; no route leads to the stable version;"
                        + " destinations are: checkout/v1, canary"),
                look(assignment));
        assertInstanceOf(Refused.class, world.target().apply(assignment));
        assertEquals(List.of(), world.server.mutations());
    }

    @Test
    void anAccountThatMayNotLookIsDenied() {
        world.server.failNext(request -> true, 403, Map.of());
        assertEquals(
                Obstacle.ACCESS_DENIED,
                assertInstanceOf(Blocked.class, world.prepared()).obstacle());
        world.server.failNext(request -> true, 503, Map.of());
        assertInstanceOf(Unreachable.class, world.prepared());
    }

    @Test
    void aClusterThatIsNotConfiguredIsSaid() {
        try (var other = world(", cluster: mars", "")) {
            var blocked = assertInstanceOf(Blocked.class, other.prepared());
            assertEquals(Obstacle.NOT_POSSIBLE, blocked.obstacle());
            assertEquals("cluster 'mars' is not configured; known: default", blocked.text());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "labels: {kustomize.toolkit.fluxcd.io/name: shop}|GITOPS_MAY_REVERT|Flux Kustomization shop keeps this object;"
                        + " it takes the change back unless it is told to ignore the weights",
                "managedFields: [{manager: rollouts-controller}]|CONTROLLER_MAY_REVERT|Argo Rollouts sets these weights; it sets"
                        + " its own again until it is told to abort, as the next step of a chain can do",
            })
    void whoWritesTheObjectTooIsWarnedOf(String metadata, String id, String text) {
        try (var other = world("", metadata)) {
            var ready = assertInstanceOf(Ready.class, other.prepared());
            assertTrue(ready.preconditions().contains(new Precondition(id, false, text)), ready.toString());
        }
    }

    @Test
    void withNobodyElseAllIsWell() {
        var ready = assertInstanceOf(Ready.class, world.prepared());
        assertTrue(ready.preconditions().stream().allMatch(Precondition::met), ready.toString());
        assertEquals(
                "VirtualService shop/checkout: every request of the canary's routes to the stable version",
                ready.goal());
    }

    private static ArrayNode patchOf(String command) throws Exception {
        var patch = command.substring(command.indexOf('\'') + 1, command.lastIndexOf('\''));
        return (ArrayNode) new ObjectMapper().readTree(patch);
    }

    private JsonNode carryOut(String command) throws Exception {
        try (var clusters = world.server.clusters()) {
            return clusters.named("default").jsonPatch(world.resource(), "shop", "checkout", patchOf(command));
        }
    }

    @Test
    void theCommandForAPersonDoesTheSameAlsoWhenTheWeightsMovedMeanwhile() throws Exception {
        var assignment = world.assignment();
        var command = world.target().commandToApply(assignment);
        assertTrue(
                command.startsWith(
                        "kubectl patch virtualservices.v1beta1.networking.istio.io checkout -n shop --type=json -p '["),
                command);
        world.change(object -> ((ObjectNode) object.at("/spec/http/0/route/1")).put("weight", 60));
        carryOut(command);
        assertInstanceOf(Restored.class, look(assignment));
    }

    @Test
    void theCommandFailsWhenOtherDestinationsStandThere() throws Exception {
        var command = world.target().commandToApply(world.assignment());
        world.change(object -> {
            var route = (ArrayNode) object.at("/spec/http/0/route");
            route.add(route.remove(0));
        });
        assertThrows(ClusterException.class, () -> carryOut(command));
    }

    @Test
    void theCommandIsTheOneOfThePreparationWhenTheClusterCannotBeAsked() {
        var assignment = world.assignment();
        var command = world.target().commandToApply(assignment);
        world.vanish();
        assertEquals(command, world.target().commandToApply(assignment));
    }

    @Test
    void theCommandTellsAnotherCluster() {
        try (var other = world(", cluster: mars", "")) {
            var assignment = new Assignment("rollbacks/1", "1/1", 1, other.order(), other.configured());
            assertEquals(
                    "kubectl get virtualservices.v1beta1.networking.istio.io checkout -n shop -o yaml # in cluster mars",
                    other.target().commandToLook(assignment));
            assertEquals(
                    "kubectl edit virtualservices.v1beta1.networking.istio.io checkout -n shop # in cluster mars",
                    other.target().commandToApply(assignment));
        }
    }
}
