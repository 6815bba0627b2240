package dev.portcullis.gate.audit;

import dev.portcullis.gate.release.Approval;
import dev.portcullis.gate.release.ReleaseDetails;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release as an auditor counts changes of production.
 *
 * @param release its name
 * @param namespace of the rollout; may be empty
 * @param rollout may be empty
 * @param canary what was brought to users
 * @param stable what users had before; may be empty
 * @param revision may be empty
 * @param run which attempt of that revision it is
 * @param dryRun whether nobody went by the decisions
 * @param details what was told of it
 * @param state where in its life it is
 * @param decision the latest one; empty before the first
 * @param rollback name of the rollback an ABORT started; empty when there is none
 * @param rollbackDetail what a person should know of it; may be empty
 * @param approvals who has approved it
 */
public record ProductionChange(
        String release,
        String service,
        String namespace,
        String rollout,
        String canary,
        String stable,
        String revision,
        int run,
        boolean dryRun,
        ReleaseDetails details,
        Instant opened,
        Optional<Instant> ended,
        String state,
        Optional<Decided> decision,
        String rollback,
        String rollbackDetail,
        List<Approval> approvals) {
    public ProductionChange {
        approvals = List.copyOf(approvals);
    }

    /**
     * How it was decided on.
     *
     * @param name of the decision, by which its evidence is had
     * @param reasons most important first
     * @param actor who decided
     * @param override whether a person decided, whatever the evidence
     * @param why the reason of a person; empty for the gate's own decisions
     * @param policyHash of the configuration that was in use; empty for decisions of before the audit log
     */
    public record Decided(
            String name,
            String outcome,
            List<String> reasons,
            String actor,
            boolean override,
            String why,
            Instant time,
            String policyHash) {
        public Decided {
            reasons = List.copyOf(reasons);
        }
    }
}
