package dev.portcullis.rollback.target.helm;

import dev.portcullis.rollback.cluster.ClusterException;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import dev.portcullis.rollback.plan.Readiness.Ready;
import dev.portcullis.rollback.plan.Readiness.Unreachable;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.target.helm.Helm.UnseenException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A look at a release before a rollback. */
record Preparation(Helm helm, Workloads workloads, ClusterStart start, TargetSettings configured, Instant now) {
    Readiness of(ReturnOrder order) throws ClusterException {
        try {
            var history = helm.history();
            return switch (WantedRevision.find(history, order.to())) {
                case WantedRevision.None none -> blocked(none.obstacle(), none.why());
                case WantedRevision.Found found -> ready(history, found.revision());
            };
        } catch (UnseenException e) {
            return unseen(e);
        }
    }

    private Readiness unseen(UnseenException e) {
        if (e.isNotFound()) {
            return blocked(Obstacle.TARGET_NOT_FOUND, "there is no such release");
        }
        if (start.explains(e.answer())) {
            return new Unreachable(e.text() + ClusterStart.WHY);
        }
        return e.isDenied() ? blocked(Obstacle.ACCESS_DENIED, e.text()) : new Unreachable(e.text());
    }

    private Readiness ready(History history, Revision wanted) throws ClusterException {
        var settings = helm.settings();
        if (history.newest().isUninstalled()) {
            return blocked(Obstacle.NOT_POSSIBLE, "it is uninstalled: " + history.newest());
        }
        var pin = Pin.of(history, wanted);
        var look = new Look(history, pin, settings, now);
        var goal =
                "release " + settings.qualifiedName() + " is at " + wanted + ", or a copy of it, with all of its pods";
        return new Ready(pin.into(configured), look.sighting(workloads), goal, preconditions(look));
    }

    private List<Precondition> preconditions(Look look) throws ClusterException {
        List<Precondition> seen = new ArrayList<>();
        var newest = look.history().newest();
        seen.add(new Precondition(
                "NO_OPERATION_RUNNING",
                !newest.isPending(),
                newest.isPending()
                        ? newest + " is waited for, " + look.heldFor().toSeconds() + " s at most"
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
