package dev.portcullis.rollback.workload;

import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.KubeRequest;
import dev.portcullis.rollback.cluster.KubeServer;
import dev.portcullis.rollback.cluster.Moment;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.target.TargetWorld;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A cluster with the workload shop/checkout, which is to return from 7d9c8 to 5f6b7. */
public abstract class WorkloadWorld implements TargetWorld {
    public static final String NAMESPACE = "shop";
    public static final String GOOD = "5f6b7";
    public static final String BAD = "7d9c8";

    public final KubeServer server = new KubeServer();
    protected final Clusters clusters = server.clusters();
    private final String kind;
    private final String hashLabel;

    protected WorkloadWorld(String kind, String hashLabel) {
        this.kind = kind;
        this.hashLabel = hashLabel;
    }

    @Override
    public ReturnOrder order() {
        return order(GOOD);
    }

    public static ReturnOrder order(String to) {
        return new ReturnOrder("checkout", "services/checkout/releases/r", BAD, to, "it burns");
    }

    @Override
    public TargetSettings configured() {
        return configured(Map.of());
    }

    public TargetSettings configured(Map<String, String> others) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "cluster", "default", "namespace", NAMESPACE, "name", "checkout", "revisionLabel", hashLabel));
        values.putAll(others);
        return new TargetSettings(kind, kind + " default/shop/checkout", values);
    }

    @Override
    public int effects() {
        return server.applied().size();
    }

    @Override
    public void loseAnswer(int nth) {
        server.cutNext(nthChange(nth), Moment.AFTER);
    }

    @Override
    public void loseCall(int nth) {
        server.cutNext(nthChange(nth), Moment.BEFORE);
    }

    private static Predicate<KubeRequest> nthChange(int nth) {
        var calls = new AtomicInteger();
        return request -> request.isMutating() && calls.incrementAndGet() == nth;
    }

    @Override
    public void vanish() {
        server.close();
    }

    @Override
    public void close() {
        clusters.close();
        server.close();
    }
}
