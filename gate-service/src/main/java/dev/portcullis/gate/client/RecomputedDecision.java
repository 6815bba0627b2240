package dev.portcullis.gate.client;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.policy.DecisionRules;
import dev.portcullis.gate.policy.FailActions;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.policy.WatchRules;
import dev.portcullis.gate.rule.PromotionRules;
import dev.portcullis.proto.analysis.v1.Analysis;
import java.util.List;

/** What the gate decides by an analysis, computed again by the rules that it decides by. Stateless. */
public final class RecomputedDecision {
    private RecomputedDecision() {}

    /**
     * The decision.
     *
     * @param undecided what the policy said of a deadline that passes undecided
     * @param onFail what it said of a FAIL
     * @param said what each rule for promotions said then
     * @param reasons of the decision that was made, of which those of the rules that held it come first
     * @throws IllegalArgumentException when the analysis holds a value this version does not know
     */
    public static Decision of(
            Analysis analysis,
            UndecidedAction undecided,
            FailActions onFail,
            List<RuleOutcome> said,
            List<DecisionReason> reasons) {
        var report = AnalysisReportMapper.report(analysis);
        var judged = DecisionRules.decide(report, undecided, onFail);
        var byEvidence =
                reasons.contains(DecisionReason.ANALYSIS_SKIPPED) ? DecisionRules.skipping(report, judged) : judged;
        return reasons.contains(DecisionReason.FAILED_AFTER_PROMOTION)
                ? WatchRules.failed(byEvidence)
                : PromotionRules.again(byEvidence, said, reasons);
    }
}
