package dev.portcullis.gate.policy;

import dev.portcullis.gate.rule.PromotionRule;
import java.util.List;

/**
 * The gate's part of a ReleasePolicy.
 *
 * @param name of the ReleasePolicy
 * @param service the service it is for
 * @param undecided what to do at the deadline
 * @param rules what may hold a promotion of the service, in the order in which they are asked
 */
public record GatePolicy(String name, String service, UndecidedAction undecided, List<PromotionRule> rules) {
    public GatePolicy {
        rules = List.copyOf(rules);
    }

    /** One without rules. */
    public GatePolicy(String name, String service, UndecidedAction undecided) {
        this(name, service, undecided, List.of());
    }
}
