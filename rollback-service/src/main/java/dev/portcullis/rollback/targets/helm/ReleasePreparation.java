package dev.portcullis.rollback.targets.helm;

import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.helm.Helm.NoResultException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A look at a release before a rollback. */
record ReleasePreparation(Helm helm, Workloads workloads, ClusterStart start, TargetSettings configured, Instant now) {
    Readiness of(RollbackOrder order) throws ClusterException {
        try {
            var history = helm.history();
            return switch (WantedRevision.find(history, order.to())) {
                case WantedRevision.None none -> blocked(none.obstacle(), none.why());
                case WantedRevision.Found found -> ready(history, found.revision());
            };
        } catch (NoResultException e) {
            return unseen(e);
        }
    }

    private Readiness unseen(NoResultException e) {
        if (e.isNotFound()) {
            return blocked(Obstacle.TARGET_NOT_FOUND, "there is no such release");
        }
        if (start.explains(e.result())) {
            return new Unreachable(e.text() + ClusterStart.WHY);
        }
        return e.isDenied() ? blocked(Obstacle.ACCESS_DENIED, e.text()) : new Unreachable(e.text());
    }

    private Readiness ready(History history, ReleaseRevision wanted) throws ClusterException {
        var settings = helm.settings();
        if (history.newest().isUninstalled()) {
            return blocked(Obstacle.NOT_POSSIBLE, "it is uninstalled: " + history.newest());
        }
        var pin = ReleasePin.of(history, wanted);
        var comparison = new ReleaseComparison(history, pin, settings, now);
        var goal =
                "release " + settings.qualifiedName() + " is at " + wanted + ", or a copy of it, with all of its pods";
        return new Ready(pin.into(configured), comparison.observation(workloads), goal, preconditions(comparison));
    }

    private List<Precondition> preconditions(ReleaseComparison comparison) throws ClusterException {
        List<Precondition> seen = new ArrayList<>();
        var newest = comparison.history().newest();
        seen.add(new Precondition(
                "NO_OPERATION_RUNNING",
                !newest.isPending(),
                newest.isPending()
                        ? newest + " is waited for, " + comparison.heldFor().toSeconds() + " s at most"
                        : "no revision is pending"));
        var keeper = workloads.keeper();
        seen.add(new Precondition(
                "NOT_KEPT_BY_GITOPS",
                keeper.isEmpty(),
                keeper.map(who -> who + " may take the rollback back: suspend it before, by hand")
                        .orElse("nobody has left a mark of keeping it")));
        return seen;
    }

    private Blocked blocked(Obstacle obstacle, String what) {
        return new Blocked(obstacle, "helm release " + helm.settings().qualifiedName() + ": " + what);
    }
}
