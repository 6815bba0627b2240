package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.cluster.ResourceKind;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/** How one kind of object divides requests between versions. Stateless. */
public interface Routing {
    /** The kind of target, as policies call it. */
    String target();

    /** The kind of object. */
    ResourceKind resource(TargetSettings settings);

    /** Reads one; of no object is anything but its routing looked at. */
    TrafficSplit read(JsonNode object, TargetSettings settings);

    /** What it takes of an API server beside reading and changing the object. */
    default List<ResourceAccess> otherAccesses(TargetSettings settings) {
        return List.of();
    }

    /** Whether all who route by the object know what is written there; always, where they do not tell. */
    default boolean isTakenUp(JsonNode object) {
        return true;
    }

    /**
     * Settles once, when a rollback is prepared, what is to be known from elsewhere in the cluster.
     *
     * @return the settings with it
     */
    default TargetSettings pin(Cluster cluster, JsonNode object, TargetSettings settings) throws ClusterException {
        return settings;
    }
}
