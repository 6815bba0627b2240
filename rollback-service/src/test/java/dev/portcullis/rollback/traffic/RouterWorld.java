package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.ClusterWorld;
import java.util.function.Consumer;

/**
 * A cluster with one object that divides requests, the one the settings name.
 *
 * <p>Nobody but an API server is needed: what serves the requests reads the object, and writes at most which generation of it has been read.
 */
public final class RouterWorld extends ClusterWorld {
    private final Routing routing;
    private final TargetSettings settings;
    private final ObjectSettings where;
    private final Consumer<ObjectNode> reader;

    public RouterWorld(Routing routing, TargetSettings settings, String yaml) {
        this(routing, settings, yaml, object -> {});
    }

    /** @param reader what whoever serves the requests writes once it has read the object */
    public RouterWorld(Routing routing, TargetSettings settings, String yaml, Consumer<ObjectNode> reader) {
        this.routing = routing;
        this.settings = settings;
        this.where = ObjectSettings.of(settings);
        this.reader = reader;
        server.put(resource(), where.namespace(), yaml);
    }

    public ResourceKind resource() {
        return routing.resource(settings);
    }

    public JsonNode object() {
        return server.object(resource(), where.namespace(), where.name()).orElseThrow();
    }

    /** As a person or a controller changes it. */
    public void change(Consumer<ObjectNode> change) {
        server.change(resource(), where.namespace(), where.name(), change);
    }

    public void delete() {
        server.delete(resource(), where.namespace(), where.name());
    }

    @Override
    public RollbackTarget target() {
        return new TrafficTarget(clusters, routing);
    }

    @Override
    public RollbackOrder order() {
        return new RollbackOrder("checkout", "services/checkout/releases/r", "7d9c8", "5f6b7", "it's burning");
    }

    @Override
    public TargetSettings configured() {
        return settings;
    }

    public Readiness prepared() {
        return target().prepare(order(), settings);
    }

    /** What a prepared rollback is told; only for objects that can be rolled back. */
    public Assignment assignment() {
        var ready = (Readiness.Ready) prepared();
        return new Assignment("rollbacks/1", "1/1", 1, order(), ready.pinned());
    }

    @Override
    public void work() {
        change(reader);
    }
}
