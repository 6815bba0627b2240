package dev.portcullis.gate.rule.budget;

import dev.portcullis.gate.release.ApprovalQuorum;
import java.util.Optional;

/**
 * What a promotion needs by how much of an error budget is left.
 *
 * @param holdBelow the part that has to be left, 0 to 1
 * @param approval what is needed besides while less than a greater part is left; empty for nothing
 */
record BudgetLadder(double holdBelow, Optional<Approval> approval) {
    /**
     * People who have to approve.
     *
     * @param below the part below which they do, above that below which nothing is promoted
     * @param quorum how many
     */
    record Approval(double below, ApprovalQuorum quorum) {}

    /** One without approvals. */
    BudgetLadder(double holdBelow) {
        this(holdBelow, Optional.empty());
    }
}
