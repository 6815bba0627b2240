package dev.portcullis.gate.message;

import dev.portcullis.gate.analysis.Figures;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a change of a release gives to tell. Stateless. */
public final class ReleaseNews {
    /** Rules alone hold the release, and only a person can satisfy them. */
    private static final Set<DecisionReason> FOR_PEOPLE = EnumSet.of(
            DecisionReason.APPROVAL_MISSING,
            DecisionReason.BUDGET_NEEDS_APPROVAL,
            DecisionReason.RELEASE_HELD,
            DecisionReason.PROMOTION_STOPPED);

    private ReleaseNews() {}

    /** What is told of a decision that was made since; nothing of a dry run, by which nobody goes. */
    public static List<News> of(Release before, Release after) {
        if (after.start().dryRun()) {
            return List.of();
        }
        return after.decidedSince(before)
                .map(decision -> event(before, after, decision).stream()
                        .map(event -> news(after, event, decision))
                        .toList())
                .orElseGet(List::of);
    }

    private static Optional<MessageEvent> event(Release before, Release after, Decision decision) {
        if (after.state() == ReleaseState.ABORTED) {
            return Optional.of(MessageEvent.RELEASE_ABORTED);
        }
        if (decision.outcome() == Outcome.PROMOTE) {
            return promoted(before) ? Optional.empty() : Optional.of(MessageEvent.RELEASE_PROMOTED);
        }
        if (!after.open()) {
            return Optional.of(MessageEvent.RELEASE_ENDED);
        }
        if (decision.reasons().contains(DecisionReason.FAIL_NEEDS_PERSON)) {
            return Optional.of(MessageEvent.RELEASE_FAILED);
        }
        return waitsForPerson(decision) ? Optional.of(MessageEvent.PROMOTION_WAITS) : Optional.empty();
    }

    private static boolean promoted(Release before) {
        return before.latest()
                .filter(decision -> decision.outcome() == Outcome.PROMOTE)
                .isPresent();
    }

    private static boolean waitsForPerson(Decision decision) {
        return decision.heldByRule() && decision.reasons().stream().anyMatch(FOR_PEOPLE::contains)
                || decision.reasons().contains(DecisionReason.DEADLINE_UNDECIDED);
    }

    private static News news(Release release, MessageEvent event, Decision decision) {
        var origin = decision.origin().orElseThrow();
        return new News(
                event,
                MessageSubject.of(release),
                origin.actor(),
                text(decision, origin.comment()) + outOfReach(decision),
                Optional.of(decision.figures()).filter(figures -> !figures.equals(Figures.NONE)),
                release.order().filter(RollbackOrder::possible).isPresent(),
                origin.time());
    }

    /** Of an ABORT rules say only what it does not reach. */
    private static String outOfReach(Decision decision) {
        return decision.outcome() == Outcome.ABORT
                ? decision.rules().stream()
                        .map(RuleOutcome::detail)
                        .filter(detail -> !detail.isEmpty())
                        .map(detail -> "; " + detail)
                        .collect(Collectors.joining())
                : "";
    }

    private static String text(Decision decision, String comment) {
        return comment.isEmpty() || decision.explanation().contains(comment)
                ? decision.explanation()
                : decision.explanation() + " (" + comment + ")";
    }
}
