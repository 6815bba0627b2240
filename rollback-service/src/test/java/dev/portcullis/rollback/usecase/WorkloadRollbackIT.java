package dev.portcullis.rollback.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.targets.argorollouts.RolloutWorld;
import dev.portcullis.rollback.targets.deployment.DeploymentWorld;
import dev.portcullis.rollback.workload.WorkloadWorld;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole rollbacks of workloads, with controllers that do their work while the rollback waits, and not before. */
final class WorkloadRollbackIT {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MOST_RUNS = 50;

    private final MemoryRollbacks store = new MemoryRollbacks();

    static Stream<Named<Supplier<WorkloadWorld>>> worlds() {
        return Stream.of(
                Named.of("abort", () -> RolloutWorld.progressing(RolloutWorld.ROUTED)),
                Named.of("abort of a paused rollout", () -> RolloutWorld.progressing(RolloutWorld.CANARY)
                        .paused()),
                Named.of("undo", () -> RolloutWorld.promoted(RolloutWorld.ROUTED)),
                Named.of("undo of a paused rollout", () -> RolloutWorld.promoted(RolloutWorld.BLUE_GREEN)
                        .paused()),
                Named.of("undo that gives a new hash", () -> RolloutWorld.promoted(RolloutWorld.APART)),
                Named.of("undo in a Deployment", () -> RolloutWorld.promotedWithDeployment(RolloutWorld.CANARY)),
                Named.of("deployment", DeploymentWorld::new));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void aRollbackEndsInSuccessWithinSeconds(Supplier<WorkloadWorld> open) {
        try (var world = open.get()) {
            store.admit(planned(world));
            var now = BEGIN;
            for (int runs = 0; !store.latest().state().ended(); runs++) {
                assertTrue(runs < MOST_RUNS, () -> "no end: " + store.latest());
                var next = run(world, now).next();
                if (next.isPresent() && next.get().isAfter(now)) {
                    world.work();
                    now = next.get();
                }
            }
            assertEquals(RollbackState.SUCCEEDED, store.latest().state(), store.lines.toString());
            assertTrue(Duration.between(BEGIN, now).toSeconds() < 10, now.toString());
        }
    }

    private RunResult run(WorkloadWorld world, Instant now) {
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var execute = new ExecuteRollback(
                store, List.of(world.target()), new ScriptedAnalyses(), Backoff.standard(() -> 0), clock);
        return execute.attempt(store.latest(), new Lease("this run", 1));
    }

    private static Rollback planned(WorkloadWorld world) {
        var sample = SampleRollbacks.plan(SampleRollbacks.NO_CHECK, "any");
        var stage = new Stage(world.ready(WorkloadWorld.GOOD).pinned(), false, false);
        var plan = new Plan(List.of(stage), sample.recovery(), sample.limits());
        var origin = new RollbackOrigin(UUID.randomUUID(), "", "alice", Mode.LIVE, "");
        return Rollback.planned(UUID.randomUUID(), origin, world.order(), plan, BEGIN);
    }
}
