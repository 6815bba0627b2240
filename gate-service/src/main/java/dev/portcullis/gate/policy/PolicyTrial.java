package dev.portcullis.gate.policy;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.CanaryTraffic;
import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.budget.ErrorBudget;
import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import dev.portcullis.gate.rule.CalendarRule;
import dev.portcullis.gate.rule.Promotion;
import dev.portcullis.gate.rule.PromotionRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/** Tries policies with the cases that their authors wrote down, by the rules that decide in earnest. Not thread-safe. */
public final class PolicyTrial {
    private static final Duration BEFORE_THE_FIRST_REQUEST = Duration.ofMinutes(1);

    private final ErrorBudgetMemory budgets;
    private final PromotionCalendar calendar;

    /**
     * One of all policies of a folder.
     *
     * @param budgets what the policies' rules ask for error budgets; it is told those of each case
     */
    public PolicyTrial(ErrorBudgetMemory budgets, PromotionCalendar calendar) {
        this.budgets = budgets;
        this.calendar = calendar;
    }

    /** What comes out otherwise than a test expects, in one line; empty when nothing does. */
    public Optional<String> difference(PolicyTest test, GatePolicy policy) {
        var decided = decide(test.given(), policy);
        var first = decided.reasons()
                .subList(0, Math.min(test.reasons().size(), decided.reasons().size()));
        return decided.outcome() == test.decision() && first.equals(test.reasons())
                ? Optional.empty()
                : Optional.of("test '" + test.name() + "' expects " + test.decision()
                        + (test.reasons().isEmpty() ? "" : " " + test.reasons()) + ", and the decision is "
                        + decided.outcome() + " " + decided.reasons() + ": " + decided.explanation());
    }

    private Decision decide(PolicyCase given, GatePolicy policy) {
        budgets.heard(
                policy.service(),
                new ErrorBudgetReply.Known(given.budgets().entrySet().stream()
                        .map(left -> new ErrorBudget(left.getKey(), OptionalDouble.of(left.getValue()), ""))
                        .toList()));
        var rules = new PromotionRules(List.of(new CalendarRule(() -> calendar)), service -> policy.rules());
        return rules.apply(
                policy.decide(report(given), given.details()),
                Promotion.of(release(given, policy.service()), given.time()));
    }

    private static AnalysisReport report(PolicyCase given) {
        var decides = given.verdict() == Verdict.FAIL || given.verdict() == Verdict.INCONCLUSIVE;
        var slo = given.objectives().stream().findFirst().map(one -> one.slo()).orElse("");
        return new AnalysisReport(
                "analyses/" + new UUID(0, 0),
                0,
                decides ? AnalysisState.CONCLUDED : AnalysisState.RUNNING,
                Judge.SEQUENTIAL,
                given.verdict(),
                given.measuring(),
                "",
                new AnalysisProgress(given.windows(), given.time()),
                Instant.MAX,
                given.verdict() == Verdict.FAIL ? Set.of(TestKind.SLO) : Set.of(),
                given.verdict() == Verdict.FAIL ? given.failing() : Set.of(),
                false,
                new CanaryTraffic(true, Duration.ZERO),
                Figures.about(slo, Figures.NONE.evidence(), given.objectives()),
                "",
                () -> "{}");
    }

    private static Release release(PolicyCase given, String service) {
        var served = given.time().minus(given.servedFor());
        var start = new ReleaseStart(
                new UUID(0, 0),
                new ReleaseKey(service, "", "", "canary", ""),
                1,
                false,
                "stable",
                "",
                served.minus(BEFORE_THE_FIRST_REQUEST),
                given.details());
        return new Release(
                start,
                1,
                ReleaseState.OPEN,
                "",
                AnalysisProgress.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.of(served),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
    }
}
