package dev.portcullis.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubGrpcServer;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.Precondition;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.rollback.crash.RunningControllers;
import dev.portcullis.rollback.targets.argorollouts.RolloutWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollbacks of a Rollout in the whole service, against real PostgreSQL and gRPC, and a played cluster with its controller. */
final class RenamedRevisionIT {
    private static final Path MANIFEST = Path.of("..", "deploy", "rbac", "argo-rollouts.yaml");

    @TempDir
    Path folder;

    private void configure(RolloutWorld world) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: Cluster
                metadata: {name: shop}
                spec: {kubeconfig: %s}
                ---
                apiVersion: portcullis.dev/v1
                kind: ReleasePolicy
                metadata: {name: checkout}
                spec:
                  service: checkout
                  rollback: {target: argo-rollouts, cluster: shop, namespace: shop, rollout: checkout,
                             confirmEvery: 100ms, recovery: {within: 5m}}
                """.formatted(world.server.kubeconfig()));
    }

    private record Result(Rollback ended, List<String> asked, List<Precondition> preconditions) {}

    private Result rolledBack(RolloutWorld world, String served) throws IOException {
        configure(world);
        var analyses = new FakeRecoveryService(served);
        try (var analysis = new StubGrpcServer(analyses);
                var service = RunningRollbacks.launch(
                        TestDatabase.fresh(), folder, Map.of("portcullis.analysis.address", analysis.address()));
                var caller = new RunningRollbacks(service.grpcPort());
                var controller = new RunningControllers(List.of(world::work))) {
            var prepared = caller.stub.prepareRollback(RunningRollbacks.request("checkout"));
            var ended = caller.awaitEnd(caller.start(prepared).getName());
            assertTrue(controller.alive());
            return new Result(ended, analyses.asked(), prepared.getStages(0).getPreconditionsList());
        }
    }

    @Test
    void anUndoThatGivesTheRestoredPodsANewHashSucceedsAndThatIsTheOneWhoseRecoveryIsMeasured() throws IOException {
        try (var world = RolloutWorld.promoted(RolloutWorld.APART)) {
            var result = rolledBack(world, "made3");
            assertEquals("made3", world.rollout().at("/status/stableRS").asText());
            assertEquals(
                    State.SUCCEEDED, result.ended().getState(), result.ended().toString());
            assertEquals(List.of("made3"), result.asked());
            var confirmed = result.ended().getSteps(1).getSeenAfter();
            assertTrue(confirmed.contains("now called made3"), confirmed);
            assertEquals(
                    "made3",
                    world.rollout()
                            .at("/metadata/annotations/portcullis.dev~1to")
                            .asText());
        }
    }

    @Test
    void whereTheHashIsTheOldOneThatIsMeasured() throws IOException {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.server.grantOnly(MANIFEST);
            var result = rolledBack(world, "5f6b7");
            assertEquals(
                    State.SUCCEEDED, result.ended().getState(), result.ended().toString());
            assertEquals(List.of("5f6b7"), result.asked());
            assertTrue(result.preconditions().stream()
                    .anyMatch(one -> one.getId().equals("RIGHTS_GRANTED") && one.getMet()));
        }
    }

    @Test
    void aRightThatIsMissingIsToldBeforeTheRollbackAndNotOnlyByItsFailure() throws IOException {
        try (var world = RolloutWorld.promoted(RolloutWorld.CANARY)) {
            world.server.grantOnly(MANIFEST);
            world.server.revoke("patch argoproj.io/rollouts");
            var result = rolledBack(world, "5f6b7");
            assertEquals(State.FAILED, result.ended().getState(), result.ended().toString());
            var lacking = result.preconditions().stream()
                    .filter(one -> one.getId().equals("RIGHTS_GRANTED"))
                    .toList();
            assertEquals(1, lacking.size());
            assertEquals(
                    "the account may not patch rollouts.argoproj.io checkout in namespace shop, so the rollback would be"
                            + " refused; what gives it that: kubectl -n shop apply -f deploy/rbac/argo-rollouts.yaml",
                    lacking.getFirst().getText());
        }
    }
}
