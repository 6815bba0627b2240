package dev.portcullis.gate.policy;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.PolicyVersion;
import dev.portcullis.gate.rule.PromotionRule;
import java.util.List;

/**
 * The gate's part of a ReleasePolicy.
 *
 * @param name of the ReleasePolicy
 * @param service the service it is for
 * @param undecided what to do at the deadline
 * @param onFail what a FAIL does, by the severity of what fails
 * @param rules what may hold a promotion of the service, in the order in which they are asked
 * @param text the whole ReleasePolicy as YAML, for the record
 */
public record GatePolicy(
        String name,
        String service,
        UndecidedAction undecided,
        FailActions onFail,
        List<PromotionRule> rules,
        String text) {
    public GatePolicy {
        rules = List.copyOf(rules);
    }

    /** One without rules. */
    public GatePolicy(String name, String service, UndecidedAction undecided) {
        this(name, service, undecided, FailActions.ABORT, List.of(), "");
    }

    /** As it is recorded with the decisions that are made by it. */
    public PolicyVersion version() {
        return new PolicyVersion(name, undecided.word(), onFail.words(), text);
    }

    /** What to do with an open release of the service by what analysis-service replied, without the rules. */
    public Decision decide(AnalysisReply reply) {
        return DecisionRules.decide(reply, undecided, onFail);
    }
}
