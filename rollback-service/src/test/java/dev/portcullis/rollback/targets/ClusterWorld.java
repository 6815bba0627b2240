package dev.portcullis.rollback.targets;

import dev.portcullis.rollback.cluster.ClusterSettings;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.FaultMoment;
import dev.portcullis.rollback.cluster.KubeRequest;
import dev.portcullis.rollback.cluster.KubeServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A target's other side that is a cluster alone: every change is a request to its API server. */
public abstract class ClusterWorld implements TargetWorld {
    public final KubeServer server = new KubeServer();
    protected final Clusters clusters;

    protected ClusterWorld() {
        this(ClusterSettings.USUAL_TIMEOUT);
    }

    /** @param timeout of a request to the cluster */
    protected ClusterWorld(Duration timeout) {
        clusters = server.clusters(timeout);
    }

    @Override
    public KubeServer kube() {
        return server;
    }

    @Override
    public int effects() {
        return server.applied().size();
    }

    @Override
    public void loseAnswer(int nth) {
        server.cutNext(change(nth), FaultMoment.AFTER);
    }

    @Override
    public void loseCall(int nth) {
        server.cutNext(change(nth), FaultMoment.BEFORE);
    }

    private static Predicate<KubeRequest> change(int nth) {
        var seen = new AtomicInteger();
        return request -> request.isMutating() && seen.incrementAndGet() == nth;
    }

    @Override
    public String address() {
        return server.address();
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
