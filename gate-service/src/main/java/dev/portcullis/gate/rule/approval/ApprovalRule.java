package dev.portcullis.gate.rule.approval;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.ApprovalQuorum;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRule;
import java.util.Optional;

/**
 * Holds a promotion until enough people have approved the release. A deploy has no release yet, so it holds none.
 *
 * @param name of the rule
 * @param quorum how many, and whose approvals count
 */
record ApprovalRule(String name, ApprovalQuorum quorum) implements PromotionRule {
    @Override
    public Optional<Decision> hold(Promotion promotion) {
        return promotion
                .release()
                .flatMap(release -> quorum.missing(release, promotion.moment()))
                .map(missing -> Decision.hold(DecisionReason.APPROVAL_MISSING, "rule '" + name + "' wants " + missing));
    }

    @Override
    public boolean goesByGroup(String group) {
        return quorum.goesByGroup(group);
    }
}
