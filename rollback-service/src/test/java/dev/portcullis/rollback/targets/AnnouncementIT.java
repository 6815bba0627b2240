package dev.portcullis.rollback.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.KubeRequest;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.targets.argorollouts.RolloutWorld;
import dev.portcullis.rollback.targets.deployment.DeploymentWorld;
import dev.portcullis.rollback.targets.istio.IstioSubsetIT;
import dev.portcullis.rollback.traffic.RouterWorld;
import dev.portcullis.rollback.workload.WorkloadWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people find at an object of the cluster after a rollback, and that finding it there stops and changes nothing. */
final class AnnouncementIT {
    private static final ResourceKind ROLLOUT = new ResourceKind("argoproj.io", "v1alpha1", "rollouts", "Rollout");

    private record AnnouncingTarget(ResourceKind kind, WorkloadWorld world) {}

    static Stream<Named<Supplier<AnnouncingTarget>>> workloads() {
        return Stream.of(
                Named.of("abort", () -> new AnnouncingTarget(ROLLOUT, RolloutWorld.progressing(RolloutWorld.ROUTED))),
                Named.of("undo", () -> new AnnouncingTarget(ROLLOUT, RolloutWorld.promoted(RolloutWorld.CANARY))),
                Named.of(
                        "undo in a Deployment",
                        () -> new AnnouncingTarget(ROLLOUT, RolloutWorld.promotedWithDeployment(RolloutWorld.CANARY))),
                Named.of("deployment", () -> new AnnouncingTarget(ResourceKind.DEPLOYMENT, new DeploymentWorld())));
    }

    private static JsonNode object(AnnouncingTarget announcingTarget) {
        return announcingTarget
                .world()
                .server
                .object(announcingTarget.kind(), WorkloadWorld.NAMESPACE, "checkout")
                .orElseThrow();
    }

    private static Map<String, String> annotations(JsonNode object) {
        return object.at("/metadata/annotations").properties().stream()
                .filter(one -> one.getKey().startsWith("portcullis.dev/"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().asText()));
    }

    private static List<JsonNode> events(AnnouncingTarget announcingTarget) {
        return announcingTarget.world().server.objects(ResourceKind.EVENT, WorkloadWorld.NAMESPACE);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void theWhyStandsOnTheObjectAndInAnEvent(Supplier<AnnouncingTarget> open) {
        var announcingTarget = open.get();
        try (var world = announcingTarget.world()) {
            var assignment = world.assignment();
            world.drive(assignment);
            assertEquals(Optional.empty(), world.target().announce(assignment, ""));
            assertEquals(
                    Map.of(
                            "portcullis.dev/decision", "ABORT",
                            "portcullis.dev/from", WorkloadWorld.BAD,
                            "portcullis.dev/to", WorkloadWorld.GOOD,
                            "portcullis.dev/reason", "it burns",
                            "portcullis.dev/release", "services/checkout/releases/r",
                            "portcullis.dev/rollback", "rollbacks/1"),
                    annotations(object(announcingTarget)));
            var event = events(announcingTarget).getFirst();
            assertEquals(
                    "ABORT of 7d9c8, back to 5f6b7 (rollbacks/1): it burns",
                    event.path("note").asText());
            assertEquals("PortcullisAbort", event.path("reason").asText());
            assertEquals(object(announcingTarget).at("/metadata/uid"), event.at("/regarding/uid"));
            assertEquals(
                    announcingTarget.kind().kind(), event.at("/regarding/kind").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void leftTwiceItIsThereOnceAndTheTargetIsStillRestored(Supplier<AnnouncingTarget> open) {
        var announcingTarget = open.get();
        try (var world = announcingTarget.world()) {
            var assignment = world.assignment();
            world.drive(assignment);
            var generation = object(announcingTarget).at("/metadata/generation");
            world.target().announce(assignment, "");
            var effects = world.effects();
            assertEquals(Optional.empty(), world.target().announce(assignment, ""));
            assertEquals(effects, world.effects());
            assertEquals(1, events(announcingTarget).size());
            assertEquals(generation, object(announcingTarget).at("/metadata/generation"));
            world.work();
            assertInstanceOf(Restored.class, world.target().observe(assignment));
            world.target().apply(assignment);
            assertEquals(effects, world.effects());
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whatHasTheTrafficIsNamedOnceItIsKnown(Supplier<AnnouncingTarget> open) {
        var announcingTarget = open.get();
        try (var world = announcingTarget.world()) {
            var assignment = world.assignment();
            world.target().announce(assignment, "");
            assertEquals(Optional.empty(), world.target().announce(assignment, "made3"));
            assertEquals("made3", annotations(object(announcingTarget)).get("portcullis.dev/to"));
            assertEquals(1, events(announcingTarget).size());
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void withoutTheRightToEventsTheAnnotationsStandAndTheLackIsTold(Supplier<AnnouncingTarget> open) {
        var announcingTarget = open.get();
        try (var world = announcingTarget.world()) {
            var assignment = world.assignment();
            world.server.failNext(AnnouncementIT::isEvent, 403, Map.of());
            var lack = world.target().announce(assignment, "").orElseThrow();
            assertTrue(
                    lack.startsWith(
                            "no word of it at the " + announcingTarget.kind().kind() + ": "),
                    lack);
            assertTrue(lack.contains("POST events of shop: answered 403"), lack);
            assertEquals("ABORT", annotations(object(announcingTarget)).get("portcullis.dev/decision"));
        }
    }

    private static boolean isEvent(KubeRequest request) {
        return request.method().equals("POST");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whereAnnotationsAreRefusedAnEventIsMadeAllTheSame(Supplier<AnnouncingTarget> open) {
        var announcingTarget = open.get();
        try (var world = announcingTarget.world()) {
            world.server.failNext(403, Map.of());
            assertTrue(world.target()
                    .announce(world.assignment(), "")
                    .orElseThrow()
                    .contains("answered 403"));
            assertEquals(1, events(announcingTarget).size());
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNotAskedTwice() {
        try (var world = new DeploymentWorld()) {
            var assignment = world.assignment();
            world.server.failNext(500, Map.of());
            assertTrue(world.target().announce(assignment, "").isPresent());
            assertEquals(1, world.server.mutations().size());
        }
    }

    @Test
    void anObjectMadeAnewOfTheSameNameIsNotWrittenOn() {
        try (var world = new DeploymentWorld()) {
            var assignment = world.assignment();
            world.server.delete(ResourceKind.DEPLOYMENT, WorkloadWorld.NAMESPACE, "checkout");
            world.server.put(
                    ResourceKind.DEPLOYMENT, WorkloadWorld.NAMESPACE, "metadata: {name: checkout, uid: another}");
            assertTrue(world.target().announce(assignment, "").isPresent());
            assertEquals(Map.of(), annotations(object(new AnnouncingTarget(ResourceKind.DEPLOYMENT, world))));
        }
    }

    @Test
    void aLaterRollbackWithoutAReleaseIsNotTakenForAnAbort() {
        var announcingTarget = new AnnouncingTarget(ROLLOUT, RolloutWorld.promoted(RolloutWorld.CANARY));
        try (var world = announcingTarget.world()) {
            var first = world.assignment();
            world.target().announce(first, "");
            var order = new RollbackOrder("checkout", "", WorkloadWorld.BAD, WorkloadWorld.GOOD, "ü".repeat(600));
            world.target().announce(new Assignment("rollbacks/2", "2/1", 1, order, first.target()), "");
            assertEquals("ROLLBACK", annotations(object(announcingTarget)).get("portcullis.dev/decision"));
            assertEquals(null, annotations(object(announcingTarget)).get("portcullis.dev/release"));
            var reasons = events(announcingTarget).stream()
                    .map(event -> event.path("reason").asText())
                    .sorted()
                    .toList();
            assertEquals(List.of("PortcullisAbort", "PortcullisRollback"), reasons);
        }
    }

    @Test
    void ofAnObjectThatRoutesNothingButItsRoutingIsChanged() {
        try (var world = (RouterWorld) Worlds.of(new IstioSubsetIT())) {
            var assignment = world.assignment();
            world.target().apply(assignment);
            var before = world.object();
            assertEquals(Optional.empty(), world.target().announce(assignment, ""));
            assertEquals(before, world.object());
            var event = world.server.objects(ResourceKind.EVENT, "shop").getFirst();
            assertEquals("VirtualService", event.at("/regarding/kind").asText());
            assertEquals(before.at("/metadata/uid"), event.at("/regarding/uid"));
        }
    }
}
