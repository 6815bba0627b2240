package dev.portcullis.rollback.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.rollback.RunningRollbacks;
import dev.portcullis.rollback.targets.deployment.DeploymentContractIT;
import dev.portcullis.rollback.targets.webhook.WebhookTargetIT;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process does that is to start quickly afterwards: a rollback through the Kubernetes client and one through a webhook. */
public final class Training implements AutoCloseable {
    private final List<KillPoint> points = new ArrayList<>();

    /**
     * @param configuration the folder of the process
     * @param outside a folder for what the policies name
     */
    public Training(Path configuration, Path outside) {
        for (var contract : List.of(DeploymentContractIT.class, WebhookTargetIT.class)) {
            var point = new KillPoint(CrashScenarios.of(contract), "training-" + points.size(), "training");
            points.add(point);
            point.configure(configuration, outside);
        }
    }

    /** @param port where the process serves gRPC */
    public void run(int port) {
        try (var caller = new RunningRollbacks(port);
                var runningControllers = new RunningControllers(
                        points.stream().<Runnable>map(point -> point::react).toList())) {
            for (var point : points) {
                var started = caller.start(caller.stub.prepareRollback(point.request()));
                assertEquals(
                        Rollback.State.SUCCEEDED,
                        caller.awaitEnd(started.getName()).getState());
            }
            assertEquals(true, runningControllers.alive());
        }
    }

    @Override
    public void close() {
        points.forEach(KillPoint::close);
    }
}
