package dev.portcullis.rollback.workload;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.rollback.cluster.KubeRequest;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.ClusterWorld;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A cluster with the workload shop/checkout, which is to return from 7d9c8 to 5f6b7. */
public abstract class WorkloadWorld extends ClusterWorld {
    public static final String NAMESPACE = "shop";
    public static final String GOOD = "5f6b7";
    public static final String BAD = "7d9c8";
    private static final int MOST_CALLS = 20;

    private final String kind;
    private final String hashLabel;

    protected WorkloadWorld(String kind, String hashLabel) {
        this.kind = kind;
        this.hashLabel = hashLabel;
    }

    @Override
    public RollbackOrder order() {
        return order(GOOD);
    }

    public static RollbackOrder order(String to) {
        return new RollbackOrder("checkout", "services/checkout/releases/r", BAD, to, "it burns");
    }

    @Override
    public TargetSettings configured() {
        return configured(Map.of());
    }

    public TargetSettings configured(Map<String, String> others) {
        Map<String, String> values = new TreeMap<>(
                Map.of("cluster", "default", "namespace", NAMESPACE, "name", "checkout", "revisionLabel", hashLabel));
        values.putAll(others);
        return new TargetSettings(kind, kind + " default/shop/checkout", values);
    }

    /** What a rollback to a revision is told once it was prepared. */
    public Assignment assignment(String to) {
        return new Assignment("rollbacks/1", "1/1", 1, order(to), ready(to).pinned());
    }

    public Assignment assignment() {
        return assignment(GOOD);
    }

    public Ready ready(String to) {
        return assertInstanceOf(Ready.class, target().prepare(order(to), configured()));
    }

    public Blocked blocked(String to) {
        return assertInstanceOf(Blocked.class, target().prepare(order(to), configured()));
    }

    public Precondition precondition(String id) {
        return ready(GOOD).preconditions().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Applies while somebody else is quicker: between the look and the change. */
    public ApplyResult applyWhile(Assignment assignment, Runnable meanwhile) {
        try (var held = server.hold(KubeRequest::isMutating)) {
            var outcome = CompletableFuture.supplyAsync(() -> target().apply(assignment), Thread::startVirtualThread);
            held.awaitArrival();
            meanwhile.run();
            held.release();
            return outcome.join();
        }
    }

    /** Drives the target to its end, as a rollback does. */
    public void drive(Assignment assignment) {
        for (int calls = 0; calls < MOST_CALLS && !(target().observe(assignment) instanceof Restored); calls++) {
            target().apply(assignment);
            work();
        }
        assertInstanceOf(Restored.class, target().observe(assignment));
    }
}
