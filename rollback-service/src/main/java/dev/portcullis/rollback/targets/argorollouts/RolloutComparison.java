package dev.portcullis.rollback.targets.argorollouts;

import dev.portcullis.rollback.cluster.Cluster;
import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.workload.Revision;
import dev.portcullis.rollback.workload.Revisions;
import dev.portcullis.rollback.workload.WorkloadComparison;
import dev.portcullis.rollback.workload.WorkloadPin;
import dev.portcullis.rollback.workload.WorkloadSettings;
import java.util.Optional;

/**
 * A Rollout beside what it should be. What is to be done is decided from what is seen alone, so that it is right after any interruption.
 *
 * @param settings which Rollout it is
 * @param wanted the revision to return to
 */
record RolloutComparison(
        WorkloadSettings settings, RolloutState now, Revisions revisions, Revision wanted, WorkloadPin pin)
        implements WorkloadComparison {
    /** "rollout shop/checkout". */
    String what() {
        return "rollout " + settings;
    }

    /** Argo Rollouts makes a second ReplicaSet of the same template when it cannot match the first. */
    private boolean isWanted(String hash) {
        return revisions.withHash(hash).filter(wanted::isLike).isPresent();
    }

    boolean isStable() {
        return isWanted(now.stable());
    }

    private boolean isCurrent() {
        return isWanted(now.current());
    }

    private RolloutTraffic traffic() {
        return new RolloutTraffic(now, revisions, this::isWanted);
    }

    RolloutAction next() {
        if (isStable() && lacking().isEmpty()) {
            return RolloutAction.NONE;
        }
        if (!isCurrent() && !now.current().equals(pin.left())) {
            // Its hash is in the status before its ReplicaSet is made, which tells whether it is the wanted one under
            // another name.
            return revisions.withHash(now.current()).isPresent() ? RolloutAction.LEAVE_ALONE : RolloutAction.LOOK_AGAIN;
        }
        if (isStable() && !isCurrent()) {
            return whenProgressing();
        }
        if (!now.isObserved()) {
            return RolloutAction.LOOK_AGAIN;
        }
        return isStable() ? unpausedOrWait() : whenPromoted();
    }

    /** The abort comes before the end of a pause: the other way round the rollout would go on. */
    private RolloutAction whenProgressing() {
        if (!now.isAborted()) {
            return RolloutAction.ABORT;
        }
        // Until then the controller may be about to promote it all the same.
        return now.isAbortSeen() ? unpausedOrWait() : RolloutAction.LOOK_AGAIN;
    }

    private RolloutAction whenPromoted() {
        if (!isCurrent()) {
            return RolloutAction.UNDO;
        }
        if (now.isPaused()) {
            return RolloutAction.UNPAUSE;
        }
        return now.isPromotedInFull() ? RolloutAction.WAIT : RolloutAction.PROMOTE_FULL;
    }

    /** A router gets its weights in a pause too; numbers of pods and Services stay as they are (rollout/context.go, haltProgress). */
    private RolloutAction unpausedOrWait() {
        var kept = now.isPaused() && !(now.hasRouter() && !isCurrent());
        return kept && traffic().elsewhere().isPresent() ? RolloutAction.UNPAUSE : RolloutAction.WAIT;
    }

    /** What keeps users from getting the wanted revision alone, or from being sure of it; empty when nothing does. Asked only when it is the stable one. */
    private Optional<String> lacking() {
        if (!now.isObserved()) {
            return Optional.of("its controller has not taken up the present specification yet");
        }
        if (!isCurrent() && !now.isAbortSeen()) {
            return Optional.of(now.isAborted() ? "its controller has not seen the abort yet" : "it progresses");
        }
        // The stable revision of an aborted rollout gets by the router what its pods can bear.
        var few = now.hasRouter() && !isCurrent()
                ? Optional.<String>empty()
                : traffic().missing();
        return traffic().elsewhere().or(() -> few);
    }

    @Override
    public ApplyResult change(Cluster cluster) throws ClusterException {
        return new RolloutChange(cluster, this).make();
    }

    @Override
    public TargetObservation observation() {
        return switch (next()) {
            case NONE -> new TargetObservation.Restored(text(), served());
            case LEAVE_ALONE -> new TargetObservation.OutOfReach(text());
            default -> new TargetObservation.NotRestored(text());
        };
    }

    /** The stable revision is what users get, whatever it was called when the rollback was prepared. */
    private String served() {
        return stable().map(revision -> revision.valueOf(settings.revisionLabel()))
                .orElse("");
    }

    private Optional<Revision> stable() {
        return revisions.withHash(now.stable());
    }

    String text() {
        return what() + ": " + state() + "; stable " + now.stable() + ", current " + now.current()
                + (now.isAborted() ? " (aborted), " : ", ") + now.phase();
    }

    private String state() {
        return switch (next()) {
            case NONE ->
                now.replicas() == 0
                        ? "on " + wanted + renamed() + ", scaled to 0"
                        : "all traffic is on " + wanted + renamed();
            case LEAVE_ALONE ->
                "rolls out " + now.current() + ", a release that began after the rollback to " + wanted
                        + " was prepared; prepare a new one if that is to be left as well";
            default -> "not on " + wanted + " yet, " + lacks() + (now.isPaused() ? ", paused" : "");
        };
    }

    private String renamed() {
        return stable().filter(revision -> !revision.replicaSet().equals(wanted.replicaSet()))
                .map(revision -> ", now called " + revision)
                .orElse("");
    }

    private String lacks() {
        var untold = now.isObserved()
                ? traffic().elsewhere().orElse("not promoted")
                : lacking().orElse("");
        return isStable() ? lacking().orElse("") : untold;
    }
}
