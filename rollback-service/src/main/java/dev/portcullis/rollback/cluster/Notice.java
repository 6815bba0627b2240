package dev.portcullis.rollback.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.plan.Assignment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Word of a rollback at the object it is about, where people look for the why: annotations, and an Event, which {@code kubectl describe} shows. Left twice it is
 * there once. Nothing depends on it, so what cannot be written is only told.
 *
 * @param assignment the rollback, and why it is made
 * @param revision the revision that has the traffic; empty while that is not known, and then the one that was ordered is named
 */
public record Notice(Assignment assignment, String revision, NoticePlace place) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PREFIX = "portcullis.dev/";
    /** Of a release that the gate aborted. */
    private static final String ABORT = "ABORT";
    /** That somebody wanted without a release. */
    private static final String ROLLBACK = "ROLLBACK";

    private static final String SERVICE = "rollback-service";
    /** In bytes (Kubernetes v1.34, pkg/apis/core/validation/events.go). */
    private static final int LONGEST_NOTE = 1024;
    /** As events.k8s.io has it, with six digits of the second. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    /** The server is there, and said no. */
    private static final Set<Fault> ANSWERED =
            EnumSet.of(Fault.DENIED, Fault.NOT_FOUND, Fault.CONFLICT, Fault.INVALID, Fault.TOO_MANY);

    /** One of the two ways, and what it is called where it cannot be gone. */
    private enum Way {
        ANNOTATION,
        EVENT;

        void go(Notice notice, Cluster cluster, Instant now) throws ClusterException {
            var place = notice.place;
            if (this == ANNOTATION) {
                cluster.mergePatch(place.kind(), place.namespace(), place.name(), notice.annotations());
            } else {
                cluster.create(ResourceKind.EVENT, place.namespace(), notice.event(now));
            }
        }

        /** An Event of the same name is the one that an earlier try has made. */
        boolean isDone(ClusterException e) {
            return this == EVENT && e.fault() == Fault.CONFLICT;
        }
    }

    /** Writes annotations and an Event; answers what could not be written. */
    public Optional<String> leave(Clusters clusters) {
        return leave(clusters, List.of(Way.ANNOTATION, Way.EVENT));
    }

    /** Writes an Event alone, to leave the object as it is; answers what could not be written. */
    public Optional<String> leaveEvent(Clusters clusters) {
        return leave(clusters, List.of(Way.EVENT));
    }

    private Optional<String> leave(Clusters clusters, List<Way> ways) {
        List<String> unwritten = new ArrayList<>();
        for (var way : ways) {
            try {
                way.go(this, clusters.named(place.cluster()), clusters.now());
            } catch (ClusterException e) {
                if (!way.isDone(e)) {
                    unwritten.add(e.getMessage());
                }
                if (!ANSWERED.contains(e.fault())) {
                    // Users wait for what comes next: a server that does not answer is not asked twice.
                    break;
                }
            }
        }
        return unwritten.isEmpty()
                ? Optional.empty()
                : Optional.of("no word of it at the " + place.kind().kind() + ": " + String.join("; ", unwritten));
    }

    private String decision() {
        return assignment.order().release().isEmpty() ? ROLLBACK : ABORT;
    }

    private String to() {
        return revision.isEmpty() ? assignment.order().to() : revision;
    }

    /** A merge patch. It is no matter what else of the object has changed; the uid makes sure that it is the one that is meant. */
    JsonNode annotations() {
        var order = assignment.order();
        var patch = JSON.objectNode();
        var meta = patch.putObject("metadata").put("uid", place.uid());
        var annotations = meta.putObject("annotations")
                .put(PREFIX + "decision", decision())
                .put(PREFIX + "from", order.from())
                .put(PREFIX + "to", to())
                .put(PREFIX + "reason", order.reason())
                .put(PREFIX + "rollback", assignment.rollback());
        // Null takes the release of an earlier rollback away.
        annotations.put(PREFIX + "release", order.release().isEmpty() ? null : order.release());
        return patch;
    }

    /** Its name is the same at each try. */
    private JsonNode event(Instant now) {
        var event = JSON.objectNode().put("apiVersion", ResourceKind.EVENT.apiVersion());
        event.put("kind", ResourceKind.EVENT.kind());
        event.putObject("metadata")
                .put("name", "portcullis." + assignment.idempotencyKey().replace('/', '.'))
                .put("namespace", place.namespace());
        event.put("eventTime", TIME.format(now))
                .put("reportingController", PREFIX + SERVICE)
                .put("reportingInstance", SERVICE)
                .put("action", "Rollback")
                .put("reason", decision().equals(ABORT) ? "PortcullisAbort" : "PortcullisRollback")
                .put("type", "Warning")
                .put("note", shortened(note()));
        event.putObject("regarding")
                .put("apiVersion", place.kind().apiVersion())
                .put("kind", place.kind().kind())
                .put("namespace", place.namespace())
                .put("name", place.name())
                .put("uid", place.uid());
        return event;
    }

    private String note() {
        var order = assignment.order();
        return decision() + " of " + order.from() + ", back to " + to() + " (" + assignment.rollback() + "): "
                + order.reason();
    }

    /** Cut without leaving a part of a character behind. */
    private static String shortened(String text) {
        var cut = text;
        while (cut.getBytes(UTF_8).length > LONGEST_NOTE) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
