package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetObservation.NotRestored;
import dev.portcullis.rollback.plan.TargetObservation.OutOfReach;
import dev.portcullis.rollback.plan.TargetObservation.Restored;
import java.time.Duration;
import java.time.Instant;

/** A release held against the revision it should be returned to. */
record ReleaseComparison(History history, ReleasePin pin, HelmSettings settings, Instant now) {
    /** Where the release is, as far as helm tells. */
    TargetObservation observation() {
        var newest = history.newest();
        if (newest.isUninstalled()) {
            return new OutOfReach("the release is uninstalled: " + newest);
        }
        if (pin.isOfAnother(history)) {
            return new OutOfReach("the release was installed anew; at " + newest);
        }
        if (isDeployed()) {
            return new Restored("at " + newest);
        }
        return history.numbered(pin.revision()).isEmpty() && !isHeld()
                ? new OutOfReach("revision " + pin.revision() + " is kept no more; at " + newest)
                : new NotRestored("at " + newest + (newest.isPending() ? pending() : ""));
    }

    /** Where the release and its pods are. */
    TargetObservation observation(Workloads workloads) throws ClusterException {
        var seen = observation();
        if (!(seen instanceof Restored)) {
            return seen;
        }
        return workloads
                .unfinished()
                .<TargetObservation>map(lack -> new NotRestored(seen.text() + ", but " + lack))
                .orElse(seen);
    }

    boolean isDeployed() {
        return history.newest().isDeployed() && pin.is(history, history.newest());
    }

    /**
     * Whether somebody may be at work on the release. A helm that is killed leaves its revision pending for ever, and only a rollback gets a release out of
     * that; ours ends within its time, so that a pending copy of what is wanted is waited for no longer.
     */
    boolean isHeld() {
        return history.newest().isPending() && now.isBefore(heldUntil());
    }

    private Instant heldUntil() {
        var newest = history.newest();
        return newest.updated().plus(pin.is(history, newest) ? settings.longestRun() : settings.pendingFor());
    }

    /** What is left of the time somebody is given; zero when it is over. */
    Duration heldFor() {
        var left = Duration.between(now, heldUntil());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private String pending() {
        return isHeld()
                ? "; somebody may be at work on it since " + history.newest().updated()
                : "; left behind by a helm that died";
    }
}
