package dev.portcullis.rollback.targets.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.workload.Revision;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.WorkloadComparison;
import dev.portcullis.rollback.workload.WorkloadPin;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.Comparator;
import java.util.Optional;

/**
 * A Deployment beside what it should be.
 *
 * @param settings which Deployment it is
 * @param wanted the revision to return to
 */
record DeploymentComparison(
        WorkloadSettings settings, DeploymentState now, Revisions kept, Revision wanted, WorkloadPin pin)
        implements WorkloadComparison {
    /** "deployment shop/checkout". */
    String what() {
        return "deployment " + settings;
    }

    JsonNode object() {
        return now.object();
    }

    boolean hasWantedTemplate() {
        return now.template().equals(wanted.template());
    }

    /** Whether its template is neither the wanted one nor the one it had when the rollback was prepared. */
    boolean hasMovedOn() {
        return !hasWantedTemplate() && !now.template().fingerprint().equals(pin.left());
    }

    boolean isRestored() {
        return hasWantedTemplate() && now.isComplete();
    }

    @Override
    public ApplyResult change(Cluster cluster) throws ClusterException {
        return new DeploymentChange(cluster, this).make();
    }

    @Override
    public TargetObservation observation() {
        if (hasMovedOn()) {
            return new TargetObservation.OutOfReach(text());
        }
        return isRestored()
                ? new TargetObservation.Restored(text(), served())
                : new TargetObservation.NotRestored(text());
    }

    /** Its current revision is what users get, whatever it was called when the rollback was prepared. */
    private String served() {
        return current()
                .map(revision -> revision.valueOf(settings.revisionLabel()))
                .orElse("");
    }

    private Optional<Revision> current() {
        var same = kept.matching(revision -> revision.template().equals(now.template()));
        return same.stream()
                .filter(revision -> revision.number().equals(now.number()))
                .findFirst()
                .or(() -> same.stream().max(Comparator.comparingInt(Revision::pods)));
    }

    String text() {
        if (hasMovedOn()) {
            return what() + " has a pod template that came after the rollback to " + wanted
                    + " was prepared; prepare a new one if that is to be left as well";
        }
        if (!hasWantedTemplate()) {
            return what() + " does not have the pod template of " + wanted + stuck();
        }
        if (isRestored() && now.wanted() == 0) {
            return what() + " has the pod template of " + wanted + " and is scaled to 0: there are no pods";
        }
        return what() + " has the pod template of " + wanted + renamed() + ", " + pods() + stuck();
    }

    private String renamed() {
        return current()
                .filter(revision -> !revision.replicaSet().equals(wanted.replicaSet()))
                .map(revision -> ", now called " + revision)
                .orElse("");
    }

    private String pods() {
        if (!now.isObserved()) {
            return "which its controller has not taken up yet";
        }
        return now.updated() + " of " + now.wanted() + " pods with it, " + (now.pods() - now.updated()) + " others, "
                + now.available() + " available" + (now.isPaused() && !isRestored() ? "; it is paused" : "");
    }

    private String stuck() {
        return now.stuck().map(text -> "; " + text).orElse("");
    }
}
