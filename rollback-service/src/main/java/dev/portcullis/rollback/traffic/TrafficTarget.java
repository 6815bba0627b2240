package dev.portcullis.rollback.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.AccessReview;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.cluster.Clusters;
import dev.portcullis.rollback.cluster.Notice;
import dev.portcullis.rollback.cluster.NoticePlace;
import dev.portcullis.rollback.cluster.ResourceAccess;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target of services whose requests an object of the cluster divides between versions. It is changed by one JSON Patch that fails when anybody
 * changed the object since it was looked at, and that touches nothing but its routing. Thread-safe.
 */
public final class TrafficTarget implements RollbackTarget {
    private static final String VERSION = "/metadata/resourceVersion";
    private static final String PATCH = "patch";

    private final Clusters clusters;
    private final Routing routing;

    public TrafficTarget(Clusters clusters, Routing routing) {
        this.clusters = clusters;
        this.routing = routing;
    }

    @Override
    public String kind() {
        return routing.target();
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        try {
            var found = find(configured);
            if (found.isEmpty()) {
                return new Readiness.Blocked(Obstacle.TARGET_NOT_FOUND, "there is no " + named(configured));
            }
            var cluster = clusters.named(ObjectSettings.of(configured).cluster());
            return prepared(found.get(), routing.pin(cluster, found.get(), configured));
        } catch (ClusterException e) {
            return notLookedAt(e);
        }
    }

    @Override
    public List<Right> rights(TargetSettings settings) {
        var where = ObjectSettings.of(settings);
        var resource = routing.resource(settings);
        List<ResourceAccess> accesses = new ArrayList<>();
        accesses.add(ResourceAccess.to("get", resource, where.namespace(), where.name()));
        accesses.add(ResourceAccess.to("patch", resource, where.namespace(), where.name()));
        accesses.addAll(routing.otherAccesses(settings));
        return AccessReview.ofManifest(clusters, where.cluster(), kind(), where.namespace())
                .of(accesses);
    }

    private static Readiness notLookedAt(ClusterException e) {
        return switch (e.fault()) {
            case DENIED -> new Readiness.Blocked(Obstacle.ACCESS_DENIED, text(e));
            case INVALID, UNKNOWN_CLUSTER -> new Readiness.Blocked(Obstacle.NOT_POSSIBLE, text(e));
            default -> new Readiness.Unreachable(text(e));
        };
    }

    private Readiness prepared(JsonNode object, TargetSettings settings) {
        var split = routing.read(object, settings);
        if (split.hindrance().isPresent()) {
            var hindrance = split.hindrance().get();
            return new Readiness.Blocked(hindrance.obstacle(), named(settings) + ": " + hindrance.text());
        }
        var pinned = settings.with(ObjectSettings.UID, uid(object)).with(PATCH, patchByHand(object, split));
        List<Precondition> known = new ArrayList<>(OtherWriters.preconditions(object));
        known.addAll(split.preconditions());
        return new Readiness.Ready(pinned, split.observation(), split.goal(), known);
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        var settings = assignment.target();
        try {
            var found = find(settings);
            var gone = gone(found, settings);
            return gone.isPresent()
                    ? new TargetObservation.OutOfReach(gone.get())
                    : seen(found.orElseThrow(), settings);
        } catch (ClusterException e) {
            return e.unreadable();
        }
    }

    private TargetObservation seen(JsonNode object, TargetSettings settings) {
        var seen = routing.read(object, settings).observation();
        return seen instanceof TargetObservation.Restored && !routing.isTakenUp(object)
                ? new TargetObservation.NotRestored(
                        seen.text() + "; written, but not yet taken up by all who route by it")
                : seen;
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        var settings = assignment.target();
        try {
            var found = find(settings);
            var gone = gone(found, settings);
            return gone.isPresent() ? new ApplyResult.Refused(gone.get()) : apply(found.orElseThrow(), settings);
        } catch (ClusterException e) {
            // It was only looked at.
            return e.fault() == Fault.DENIED
                    ? new ApplyResult.Refused(text(e))
                    : new ApplyResult.Again(text(e), e.retryAfter(), false, e.isUnreached());
        }
    }

    /** An Event alone: of the object itself nothing but its routing is touched. */
    @Override
    public Optional<String> announce(Assignment assignment, String revision) {
        var settings = assignment.target();
        var where = ObjectSettings.of(settings);
        var place = new NoticePlace(
                where.cluster(),
                routing.resource(settings),
                where.namespace(),
                where.name(),
                where.uid().orElse(""));
        return new Notice(assignment, revision, place).leaveEvent(clusters);
    }

    private ApplyResult apply(JsonNode object, TargetSettings settings) {
        var split = routing.read(object, settings);
        if (split.hindrance().isPresent()) {
            return new ApplyResult.Refused(split.hindrance().get().text());
        }
        if (split.edits().isEmpty()) {
            return new ApplyResult.Accepted("nothing to change: " + split.seen());
        }
        try {
            return new ApplyResult.Accepted(
                    routing.read(changed(object, split, settings), settings).seen());
        } catch (ClusterException e) {
            return e.result();
        }
    }

    private JsonNode changed(JsonNode object, TrafficSplit split, TargetSettings settings) throws ClusterException {
        List<PatchOperation> edits = new ArrayList<>();
        edits.add(PatchOperation.test(VERSION, object.at(VERSION)));
        edits.addAll(split.edits());
        var where = ObjectSettings.of(settings);
        return clusters.named(where.cluster())
                .jsonPatch(routing.resource(settings), where.namespace(), where.name(), PatchOperation.patch(edits));
    }

    private Optional<JsonNode> find(TargetSettings settings) throws ClusterException {
        var where = ObjectSettings.of(settings);
        return clusters.named(where.cluster()).get(routing.resource(settings), where.namespace(), where.name());
    }

    /** Why the object that was meant is not there. */
    private Optional<String> gone(Optional<JsonNode> found, TargetSettings settings) {
        var meant = ObjectSettings.of(settings).uid();
        if (found.isEmpty()) {
            return Optional.of(named(settings) + " is gone");
        }
        return meant.filter(uid -> !uid.equals(uid(found.get())))
                .map(uid -> named(settings) + " was made anew since the rollback was prepared (uid " + uid(found.get())
                        + " instead of " + uid + ")");
    }

    private static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    private String named(TargetSettings settings) {
        var kind = routing.resource(settings);
        var where = ObjectSettings.of(settings);
        return kind.kind() + " " + where + " of " + kind.apiVersion() + " in cluster '" + where.cluster() + "'";
    }

    private static String text(ClusterException e) {
        return String.valueOf(e.getMessage());
    }

    /** What would be changed now; what would have been when the rollback was prepared, if the cluster cannot be asked. */
    @Override
    public String commandToApply(Assignment assignment) {
        var settings = assignment.target();
        var kubectl = kubectl(settings);
        var patch = patchNow(settings).orElse(settings.values().getOrDefault(PATCH, ""));
        return patch.isEmpty() ? kubectl.edit() : kubectl.patch(patch);
    }

    private Optional<String> patchNow(TargetSettings settings) {
        try {
            return find(settings)
                    .map(object -> patchByHand(object, routing.read(object, settings)))
                    .filter(patch -> !patch.isEmpty());
        } catch (ClusterException e) {
            return Optional.empty();
        }
    }

    /** Without the object's version, which would be another by the time a person is there; empty when there is nothing to change. */
    private static String patchByHand(JsonNode object, TrafficSplit split) {
        if (split.edits().isEmpty()) {
            return "";
        }
        List<PatchOperation> edits = new ArrayList<>();
        edits.add(PatchOperation.test("/metadata/uid", object.at("/metadata/uid")));
        edits.addAll(split.guards());
        edits.addAll(split.edits());
        return PatchOperation.patch(edits).toString();
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return kubectl(assignment.target()).look();
    }

    private Kubectl kubectl(TargetSettings settings) {
        return new Kubectl(routing.resource(settings), ObjectSettings.of(settings));
    }
}
