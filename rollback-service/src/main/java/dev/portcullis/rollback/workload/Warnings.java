package dev.portcullis.rollback.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.rollback.cluster.GitOps;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.RollbackOrder;
import java.util.List;

/** What people should know before a workload is rolled back. */
public final class Warnings {
    private Warnings() {}

    /**
     * Whether somebody keeps the pod template as a source outside the cluster has it.
     *
     * @param holder the object whose template is changed
     */
    public static Precondition gitOps(JsonNode holder) {
        var reverter = GitOps.reverter(holder).or(() -> GitOps.hint(holder));
        var object =
                holder.path("kind").asText() + " " + holder.at("/metadata/name").asText();
        return reverter.map(who -> gitOps(
                        false,
                        who + " keeps " + object
                                + " as its source has it and may take the old pod template away again;"
                                + " have it stop, or revert there as well"))
                .orElseGet(() -> gitOps(true, "nobody has marked " + object + " as kept from elsewhere"));
    }

    /** The same with what was found by other means. */
    public static Precondition gitOps(boolean met, String text) {
        return new Precondition("GITOPS_MAY_REVERT", met, text);
    }

    /** Whether a person has paused the workload, which this rollback ends. */
    public static Precondition paused(boolean paused) {
        return new Precondition(
                "PAUSED",
                !paused,
                paused ? "somebody has paused it (spec.paused); this will be ended" : "it is not paused");
    }

    /**
     * Whether what an order wants to leave is what runs.
     *
     * @param running the revisions that run or are being rolled out
     */
    public static Precondition leaves(RollbackOrder order, List<Revision> running, String label) {
        var named = running.stream()
                .anyMatch(revision -> revision.carries(label, order.from())
                        || revision.number().equals(order.from()));
        var there = "; there is " + Revisions.told(running);
        return new Precondition(
                "LEAVES_WHAT_RUNS",
                named,
                named ? "'" + order.from() + "' runs" + there : "nothing that runs is '" + order.from() + "'" + there);
    }
}
