package dev.portcullis.gate.policy;

import dev.portcullis.gate.decision.PolicyVersion;
import dev.portcullis.gate.rule.PromotionRule;
import java.util.List;

/**
 * The gate's part of a ReleasePolicy.
 *
 * @param name of the ReleasePolicy
 * @param service the service it is for
 * @param undecided what to do at the deadline
 * @param rules what may hold a promotion of the service, in the order in which they are asked
 * @param text the whole ReleasePolicy as YAML, for the record
 */
public record GatePolicy(
        String name, String service, UndecidedAction undecided, List<PromotionRule> rules, String text) {
    public GatePolicy {
        rules = List.copyOf(rules);
    }

    /** One without rules. */
    public GatePolicy(String name, String service, UndecidedAction undecided) {
        this(name, service, undecided, List.of(), "");
    }

    /** As it is recorded with the decisions that are made by it. */
    public PolicyVersion version() {
        return new PolicyVersion(name, undecided.word(), text);
    }
}
