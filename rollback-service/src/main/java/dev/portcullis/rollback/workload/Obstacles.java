package dev.portcullis.rollback.workload;

import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness.Blocked;
import java.util.List;

/** What keeps a workload from being rolled back. */
public final class Obstacles {
    private Obstacles() {}

    /**
     * The workload does not exist.
     *
     * @param what for people: "deployment shop/checkout in cluster 'default'"
     */
    public static Blocked noTarget(String what) {
        return new Blocked(Obstacle.TARGET_NOT_FOUND, "there is no " + what + "; name one that exists in the policy");
    }

    /**
     * Why an order does not name one revision.
     *
     * @param meant the revisions it names, none or more than one
     */
    public static Blocked notOne(List<Revision> meant, Revisions kept, String label, String value) {
        var asked = "'" + value + "' in label " + label;
        return meant.isEmpty()
                ? new Blocked(
                        Obstacle.REVISION_NOT_FOUND,
                        "no revision that is kept has " + asked + ", nor is it the number of one; kept: " + kept.told())
                : new Blocked(
                        Obstacle.REVISION_AMBIGUOUS,
                        meant.size() + " revisions have " + asked + ": " + Revisions.told(meant)
                                + "; name one by a label that tells them apart (revisionLabel), or by its number");
    }
}
