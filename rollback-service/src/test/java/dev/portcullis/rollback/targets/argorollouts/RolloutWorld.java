package dev.portcullis.rollback.targets.argorollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.workload.ReplicaSets;
import dev.portcullis.rollback.workload.WorkloadTarget;
import dev.portcullis.rollback.workload.WorkloadWorld;
import java.util.function.Consumer;

/** A cluster with the Rollout shop/checkout of five pods, whose second revision is bad, and with its controller. */
public final class RolloutWorld extends WorkloadWorld {
    public static final String CANARY = "{canary: {steps: [{setWeight: 20}, {pause: {}}]}}";
    public static final String ROUTED =
            "{canary: {steps: [{setWeight: 20}, {pause: {}}], trafficRouting: {nginx: {}}}}";
    public static final String BLUE_GREEN = "{blueGreen: {activeService: checkout, autoPromotionEnabled: false}}";
    /** One whose controller makes a ReplicaSet of another hash of a template it had before. */
    public static final String APART = AntiAffinity.STRATEGY;

    private static final String NUMBER = "rollout.argoproj.io/revision";
    private static final String HASH = "rollouts-pod-template-hash";
    private static final int MOST_PASSES = 10;

    final ReplicaSets replicaSets = new ReplicaSets(server, clusters, "uid-1", HASH, NUMBER);
    private final boolean withDeployment;

    private RolloutWorld(String strategy, String stable, boolean withDeployment) {
        super("argo-rollouts", HASH);
        this.withDeployment = withDeployment;
        replicaSets.put(GOOD, "1", 1, stable.equals(GOOD) ? 5 : 0);
        replicaSets.put(BAD, "2", 2, stable.equals(BAD) ? 5 : 1);
        var pods = "selector: {matchLabels: {app: checkout}}, template: " + ReplicaSets.template("2");
        if (withDeployment) {
            server.put(ResourceKind.DEPLOYMENT, NAMESPACE, """
                    metadata: {name: checkout-pods, uid: uid-2, generation: 7}
                    spec: {replicas: 0, %s}
                    """.formatted(pods));
        }
        server.put(ArgoRolloutsKind.ROLLOUT, NAMESPACE, """
                metadata: {name: checkout, uid: uid-1, generation: 4}
                spec: {replicas: 5, strategy: %s, %s}
                status: {stableRS: %s, currentPodHash: %s, currentStepIndex: 1}
                """.formatted(
                strategy,
                withDeployment ? "workloadRef: {apiVersion: apps/v1, kind: Deployment, name: checkout-pods}" : pods,
                stable,
                BAD));
        if (strategy.equals(APART)) {
            new AntiAffinity(replicaSets).mark(GOOD, "stable", "none");
            new AntiAffinity(replicaSets).mark(BAD, "stable", GOOD);
        }
        work();
    }

    /** The bad revision has a fifth, or waits behind the preview Service. */
    public static RolloutWorld progressing(String strategy) {
        return new RolloutWorld(strategy, GOOD, false);
    }

    /** Everybody is on the bad revision. */
    public static RolloutWorld promoted(String strategy) {
        return new RolloutWorld(strategy, BAD, false);
    }

    /** The same, with the pod template in the Deployment checkout-pods. */
    public static RolloutWorld promotedWithDeployment(String strategy) {
        return new RolloutWorld(strategy, BAD, true);
    }

    @Override
    public RollbackTarget target() {
        return new WorkloadTarget(clusters, new RolloutWorkload());
    }

    public JsonNode rollout() {
        return server.object(ArgoRolloutsKind.ROLLOUT, NAMESPACE, "checkout").orElseThrow();
    }

    void change(Consumer<ObjectNode> change) {
        server.change(ArgoRolloutsKind.ROLLOUT, NAMESPACE, "checkout", change);
    }

    public RolloutWorld paused() {
        change(object -> object.withObject("/spec").put("paused", true));
        work();
        return this;
    }

    private JsonNode holder() {
        return withDeployment
                ? server.object(ResourceKind.DEPLOYMENT, NAMESPACE, "checkout-pods")
                        .orElseThrow()
                : rollout();
    }

    @Override
    public synchronized void work() {
        for (int passes = 0; passes < MOST_PASSES; passes++) {
            if (!pass()) {
                return;
            }
        }
        throw new AssertionError("the controller does not come to rest: " + rollout());
    }

    /** One pass of the controller; answers whether it changed the status. */
    boolean pass() {
        var before = rollout();
        var status = new RolloutController(before, withDeployment ? holder() : before, replicaSets).pass();
        // As the controller's own update: refused when somebody else was quicker, and then the next pass sees to it.
        change(object -> {
            if (version(object).equals(version(before))) {
                object.set("status", status);
            }
        });
        return !status.equals(before.path("status"));
    }

    private static String version(JsonNode object) {
        return object.at("/metadata/resourceVersion").asText();
    }
}
