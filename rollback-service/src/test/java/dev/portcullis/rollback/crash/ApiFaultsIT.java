package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.TestDatabase;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.Rollback.State;
import dev.portcullis.rollback.RunningRollbacks;
import dev.portcullis.rollback.cluster.FaultMoment;
import dev.portcullis.rollback.cluster.KubeRequest;
import dev.portcullis.rollback.cluster.KubeServer;
import dev.portcullis.rollback.targets.TargetWorld;
import dev.portcullis.rollback.targets.Worlds;
import dev.portcullis.rollback.targets.argorollouts.AbortContractIT;
import dev.portcullis.rollback.targets.argorollouts.UndoContractIT;
import dev.portcullis.rollback.targets.deployment.DeploymentContractIT;
import dev.portcullis.rollback.targets.istio.IstioSubsetIT;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole rollbacks whose first change meets a fault of the Kubernetes API: each ends right, and each effect happens once. */
final class ApiFaultsIT {
    private static final Map<String, Consumer<KubeServer>> FAULTS = faults();

    @TempDir
    Path folder;

    @TempDir
    Path kubeconfigs;

    private final Map<TargetWorld, String> rollbacks = new LinkedHashMap<>();
    private final Map<TargetWorld, String> names = new LinkedHashMap<>();
    private int services;

    private static Map<String, Consumer<KubeServer>> faults() {
        Map<String, Consumer<KubeServer>> faults = new LinkedHashMap<>();
        faults.put("none", server -> {});
        for (int status : List.of(409, 500, 503)) {
            faults.put(String.valueOf(status), server -> server.failNext(KubeRequest::isMutating, status, Map.of()));
        }
        faults.put("429", server -> server.failNext(KubeRequest::isMutating, 429, Map.of("Retry-After", "1")));
        for (var moment : FaultMoment.values()) {
            faults.put("hanging " + moment, server -> server.hangNext(KubeRequest::isMutating, moment));
            faults.put("cut " + moment, server -> server.cutNext(KubeRequest::isMutating, moment));
        }
        return faults;
    }

    @Test
    void whateverTheFirstChangeMeetsTheEndIsTheSame() {
        var scenarios = List.of(
                CrashScenarios.of(DeploymentContractIT.class),
                CrashScenarios.of(AbortContractIT.class),
                CrashScenarios.of(UndoContractIT.class),
                CrashScenarios.of(IstioSubsetIT.class));
        var points = new ArrayList<TargetWorld>();
        var armed = new ArrayList<Consumer<KubeServer>>();
        var database = TestDatabase.fresh();
        try (var service = RunningRollbacks.launch(database, folder);
                var caller = new RunningRollbacks(service.grpcPort())) {
            for (var scenario : scenarios) {
                FAULTS.forEach((fault, arm) -> {
                    points.add(configured(scenario, fault));
                    armed.add(arm);
                });
            }
            for (int i = 0; i < points.size(); i++) {
                begin(caller, "fault-" + i, points.get(i), armed.get(i));
            }
            try (var runningControllers = new RunningControllers(
                    points.stream().<Runnable>map(world -> world::work).toList())) {
                assertEnds(caller, scenarios.size());
                assertTrue(runningControllers.alive());
            }
        } finally {
            points.forEach(TargetWorld::close);
        }
    }

    private TargetWorld configured(CrashScenario scenario, String fault) {
        var world = Worlds.of(scenario.contract());
        var service = "fault-" + services++;
        var section = scenario.section().replace("${cluster}", service);
        ServicePolicy.write(folder, service, section, kubeconfigs.resolve(service), world.address(), "700ms");
        names.put(world, scenario + ", " + fault);
        return world;
    }

    private void begin(RunningRollbacks caller, String service, TargetWorld world, Consumer<KubeServer> arm) {
        var request = PrepareRollbackRequest.newBuilder()
                .setService(service)
                .setFromRevision(world.order().from())
                .setToRevision(world.order().to())
                .setReason("to meet a fault")
                .setCaller("test")
                .build();
        var prepared = Await.value(
                "the policy of " + service,
                Duration.ofSeconds(60),
                () -> Optional.of(caller.stub.prepareRollback(request)));
        arm.accept(world.kube());
        rollbacks.put(world, caller.start(prepared).getName());
    }

    private void assertEnds(RunningRollbacks caller, int scenarios) {
        var undisturbed = new LinkedHashMap<String, Integer>();
        rollbacks.forEach((world, rollback) -> {
            var ended = caller.awaitEnd(rollback);
            var name = String.valueOf(names.get(world));
            assertEquals(State.SUCCEEDED, ended.getState(), name + ": " + ended);
            var expected = undisturbed.computeIfAbsent(name.substring(0, name.indexOf(',')), first -> world.effects());
            assertEquals(expected, world.effects(), name + ": " + ended);
        });
        assertEquals(scenarios, undisturbed.size());
        assertEquals(scenarios * FAULTS.size(), rollbacks.size());
    }
}
