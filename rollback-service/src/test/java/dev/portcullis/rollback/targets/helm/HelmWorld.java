package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.KubeServer;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetWorld;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The release shop/checkout whose last upgrade was a bad one, a program that plays helm, and the cluster it is in. */
final class HelmWorld implements TargetWorld {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** What helm ends with when the account may not list Secrets. */
    static final String FORBIDDEN =
            "Error: query: failed to query with labels: secrets is forbidden: User \"portcullis\" cannot list resource \"secrets\"";

    final PlayedHelm helm = new PlayedHelm(List.of(
            "3|2026-02-26T10:00:00.5+01:00|superseded|web-2.0.3|1.7.0|Upgrade complete",
            "4|2026-02-27T10:00:00+01:00|failed|web-2.0.4|1.8.0|Upgrade \\\"checkout\\\" failed: timed out waiting for the condition",
            "5|2026-02-27T11:00:00+01:00|superseded|web-2.0.4|1.8.0|Upgrade complete",
            "6|2026-03-01T11:00:00+01:00|deployed|web-2.1.0|1.9.0|Upgrade complete"));
    final KubeServer server = new KubeServer();
    final Map<String, String> values = new HashMap<>(Map.of(
            "cluster", "default",
            "namespace", "shop",
            "release", "checkout",
            "program", helm.program().toString(),
            "timeout", "PT30S",
            "pendingFor", "PT5M"));
    private final Clusters clusters = server.clusters();
    private Instant now = START;

    HelmWorld() {
        helm.now(now);
    }

    @Override
    public RollbackTarget target() {
        return new HelmTarget(clusters, helm.environment(), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** When it is asked next, the cluster's API server has just started. */
    void start() {
        server.failNext(request -> request.path().equals("/readyz"), 500, Map.of());
    }

    void pass(Duration time) {
        now = now.plus(time);
        helm.now(now);
    }

    @Override
    public RollbackOrder order() {
        return order("5");
    }

    static RollbackOrder order(String to) {
        return new RollbackOrder("checkout", "services/checkout/releases/r", "6", to, "it's burning");
    }

    @Override
    public TargetSettings configured() {
        return new TargetSettings("helm", "helm release default/shop/checkout", values);
    }

    @Override
    public int effects() {
        return helm.applied();
    }

    @Override
    public void loseAnswer(int nth) {
        helm.fate("lose-answer", nth);
    }

    @Override
    public void loseCall(int nth) {
        helm.fate("lose-call", nth);
    }

    /** Of its cluster; helm itself is a program. */
    @Override
    public String address() {
        return server.address();
    }

    @Override
    public void vanish() {
        helm.complain(
                "Error: Kubernetes cluster unreachable: Get \"https://10.0.0.1:6443/version\": dial tcp: no route");
    }

    @Override
    public void close() {
        clusters.close();
        server.close();
        helm.close();
    }
}
