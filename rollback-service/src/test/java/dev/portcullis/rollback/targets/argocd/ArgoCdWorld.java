package dev.portcullis.rollback.targets.argocd;

import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.ClusterWorld;
import java.time.Duration;
import java.util.Map;

/** The Application argocd/checkout whose last deployment was a bad one, and Argo CD at work on it. */
final class ArgoCdWorld extends ClusterWorld {
    static final String GOOD = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
    static final String BAD = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c";
    static final String SHOP =
            "{repoURL: 'https://git.example.com/shop.git', path: deploy/checkout, targetRevision: main}";

    static final String MANUAL = """
            metadata: {name: checkout}
            spec:
              source: %1$s
              syncPolicy: {syncOptions: [CreateNamespace=true]}
            status:
              sync: {status: Synced, revision: %3$s, comparedTo: {source: %1$s}}
              health: {status: Healthy}
              reconciledAt: "2026-03-01T11:00:09Z"
              history:
              - {id: 10, revision: 0000000000000000000000000000000000000000, source: %1$s, deployedAt: "2026-02-27T10:00:00Z"}
              - {id: 11, revision: %2$s, source: %1$s, deployedAt: "2026-02-28T10:00:00Z"}
              - {id: 12, revision: %3$s, source: %1$s, deployedAt: "2026-03-01T11:00:00Z"}
              operationState:
                phase: Succeeded
                message: successfully synced (all tasks run)
                finishedAt: "2026-03-01T11:00:00Z"
                operation: {sync: {revision: %3$s}}
                syncResult: {revision: %3$s, resources: [{kind: Deployment}]}
            """.formatted(SHOP, GOOD, BAD);

    static final String AUTOMATIC =
            MANUAL.replace("syncPolicy: {", "syncPolicy: {automated: {prune: true, selfHeal: true}, ");

    private static final String TWO = "[" + SHOP
            + ", {repoURL: 'https://charts.example.com', chart: web, targetRevision: 2.*, helm: {valueFiles: [$values/web.yaml]}}]";

    static final String SEVERAL = """
            metadata: {name: checkout}
            spec: {sources: %1$s}
            status:
              sync: {status: Synced, revisions: [%3$s, 2.1.0], comparedTo: {sources: %1$s}}
              health: {status: Healthy}
              reconciledAt: "2026-03-01T11:00:09Z"
              history:
              - {id: 3, revisions: [%2$s, 2.0.4], sources: %1$s, source: {repoURL: ""}, deployedAt: "2026-02-28T10:00:00Z"}
              - {id: 4, revisions: [%3$s, 2.1.0], sources: %1$s, source: {repoURL: ""}, deployedAt: "2026-03-01T11:00:00Z"}
            """.formatted(TWO, GOOD, BAD);

    final ArgoCd argoCd = new ArgoCd(server, "checkout");
    private final String autoSync;

    ArgoCdWorld(String application, String autoSync) {
        super(Duration.ofSeconds(2));
        this.autoSync = autoSync;
        server.put(Application.KIND, "argocd", application);
    }

    @Override
    public RollbackTarget target() {
        return new ArgoCdTarget(clusters);
    }

    @Override
    public RollbackOrder order() {
        return order(GOOD);
    }

    static RollbackOrder order(String to) {
        return new RollbackOrder("checkout", "services/checkout/releases/r", BAD, to, "it's burning");
    }

    @Override
    public TargetSettings configured() {
        return new TargetSettings(
                "argo-cd",
                "application default/argocd/checkout",
                Map.of(
                        "cluster", "default",
                        "namespace", "argocd",
                        "application", "checkout",
                        "autoSync", autoSync,
                        "prune", "false"));
    }

    Application application() {
        return new Application(
                server.object(Application.KIND, "argocd", "checkout").orElseThrow());
    }

    @Override
    public synchronized void work() {
        argoCd.work();
    }
}
