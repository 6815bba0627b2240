package dev.portcullis.gate.decision;

import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be done with a release, why, and what that rests on. One that has an origin is on record, and never changes.
 *
 * @param outcome what to do
 * @param reasons why, most important first; never empty
 * @param explanation one or two sentences for an engineer
 * @param verdict of analysis-service; empty when nothing was judged
 * @param measuring whether the canary could be measured; empty when nothing was judged
 * @param windows closed windows of the analysis; -1 when nothing was judged
 * @param figures numbers to show
 * @param rules what each rule for promotions said, in the order in which they were asked; empty when none was, since the evidence does not allow a promotion
 * @param policy the ReleasePolicy it was made by; empty when none had a part in it, or was read without it
 * @param analysis the analysis it rests on, as one JSON object; empty when it rests on none, or on that of the decision before it, or was read without it
 * @param origin who decided, and when; empty until it is recorded
 */
public record Decision(
        Outcome outcome,
        List<DecisionReason> reasons,
        String explanation,
        Optional<Verdict> verdict,
        Optional<MeasuringState> measuring,
        int windows,
        Figures figures,
        List<RuleOutcome> rules,
        Optional<PolicyVersion> policy,
        Optional<String> analysis,
        Optional<Origin> origin) {
    public Decision {
        reasons = List.copyOf(reasons);
        rules = List.copyOf(rules);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException(outcome + " without a reason");
        }
    }

    /** One that rests on nothing that was judged. */
    public static Decision of(Outcome outcome, List<DecisionReason> reasons, String explanation) {
        return new Decision(
                outcome,
                reasons,
                explanation,
                Optional.empty(),
                Optional.empty(),
                -1,
                Figures.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Decision of(Outcome outcome, DecisionReason reason, String explanation) {
        return of(outcome, List.of(reason), explanation);
    }

    public static Decision hold(DecisionReason reason, String explanation) {
        return of(Outcome.HOLD, reason, explanation);
    }

    /** The same, resting on what analysis-service said; not yet recorded. */
    public Decision restingOn(AnalysisReport report) {
        return new Decision(
                outcome,
                reasons,
                explanation,
                Optional.of(report.verdict()),
                Optional.of(report.measuring()),
                report.progress().windows(),
                report.figures(),
                rules,
                policy,
                Optional.empty(),
                Optional.empty());
    }

    /** The same, resting on what another decision rests on; not yet recorded. */
    public Decision restingOn(Decision other) {
        return new Decision(
                outcome,
                reasons,
                explanation,
                other.verdict,
                other.measuring,
                other.windows,
                other.figures,
                rules,
                policy,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The same as it is recorded.
     *
     * @param seen the analysis it rests on, as one JSON object; empty when it brings none of its own
     */
    public Decision recorded(Origin from, Optional<String> seen) {
        return new Decision(
                outcome,
                reasons,
                explanation,
                verdict,
                measuring,
                windows,
                figures,
                rules,
                policy,
                seen,
                Optional.of(from));
    }

    /** The same in the words and numbers of a later window that says nothing else. */
    public Decision confirmedBy(Confirmation later) {
        return new Decision(
                outcome,
                reasons,
                later.explanation(),
                verdict,
                measuring,
                later.windows(),
                later.figures(),
                rules,
                policy,
                analysis,
                origin);
    }

    /** The same with what the rules for promotions said. */
    public Decision with(List<RuleOutcome> said) {
        return new Decision(
                outcome, reasons, explanation, verdict, measuring, windows, figures, said, policy, analysis, origin);
    }

    /** The same, made by a policy. */
    public Decision by(PolicyVersion version) {
        return new Decision(
                outcome,
                reasons,
                explanation,
                verdict,
                measuring,
                windows,
                figures,
                rules,
                Optional.of(version),
                analysis,
                origin);
    }

    /** Whether the evidence allows a promotion, and rules hold it. */
    public boolean heldByRule() {
        return outcome == Outcome.HOLD && rules.stream().anyMatch(rule -> rule.effect() == RuleOutcome.Effect.HELD);
    }

    /**
     * Its id.
     *
     * @throws java.util.NoSuchElementException when it is not recorded
     */
    public UUID id() {
        return origin.orElseThrow().id();
    }

    /** Whether another one would say nothing that this one does not say already. Wording, windows and figures do not count: they move on while the decision stays. */
    public boolean says(Decision next) {
        return outcome == next.outcome
                && reasons.equals(next.reasons)
                && verdict.equals(next.verdict)
                && measuring.equals(next.measuring)
                && effects().equals(next.effects());
    }

    private List<Map.Entry<String, RuleOutcome.Effect>> effects() {
        return rules.stream().map(rule -> Map.entry(rule.rule(), rule.effect())).toList();
    }
}
