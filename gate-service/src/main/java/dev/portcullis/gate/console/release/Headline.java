package dev.portcullis.gate.console.release;

import dev.portcullis.gate.analysis.ObjectiveFigures;
import dev.portcullis.gate.console.Moment;
import dev.portcullis.gate.console.Sentences;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.decision.RuleOutcome;
import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.kit.text.NumberText;
import dev.portcullis.kit.text.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person reads first of a release, one idea a sentence.
 *
 * @param why why it was decided so
 * @param counted the figures behind that; empty without any
 * @param until until when it stays so
 * @param todo what there is to do
 * @param explanation the whole of it, sentence by sentence
 */
public record Headline(String why, String counted, String until, String todo, List<String> explanation) {
    private static final int DIGITS = 2;
    private static final String NOTHING = "Nothing is decided yet.";

    public Headline {
        why = PlainText.of(why);
        explanation = List.copyOf(explanation);
    }

    /** That of a release as it is seen at a moment. */
    static Headline of(PresentRelease present, Instant now) {
        var answer = present.answer();
        if (answer.isEmpty()) {
            return new Headline(NOTHING, "", "Until it is judged for the first time.", "Nothing.", List.of());
        }
        var decision = answer.get();
        var reason = ReasonText.of(subject(decision));
        return new Headline(
                why(present, decision, reason),
                counted(decision),
                until(present, decision, now),
                todo(present, reason),
                Sentences.of(decision.explanation()));
    }

    /** Why it was decided so, with the figures behind that, for one of many releases in a list. */
    static String line(PresentRelease present) {
        return present.answer()
                .map(decision -> why(present, decision, ReasonText.of(subject(decision))) + " " + counted(decision))
                .orElse(NOTHING)
                .strip();
    }

    /** The reason that says most: that traffic is too little says more than that the evidence is. */
    private static DecisionReason subject(Decision decision) {
        var reasons = decision.reasons();
        return reasons.contains(DecisionReason.TOO_LITTLE_TRAFFIC)
                        && reasons.getFirst() == DecisionReason.NOT_ENOUGH_EVIDENCE
                ? DecisionReason.TOO_LITTLE_TRAFFIC
                : reasons.getFirst();
    }

    private static String why(PresentRelease present, Decision decision, ReasonText reason) {
        var person = person(decision);
        if (person.isPresent()) {
            return person.get();
        }
        if (!present.holds().isEmpty()) {
            return held(present.holds().getFirst());
        }
        return ofRule(decision).orElseGet(() -> about(decision, reason.why()));
    }

    /** A person's decision is told in his words. */
    private static Optional<String> person(Decision decision) {
        var said =
                switch (decision.reasons().getFirst()) {
                    case PROMOTED_BY_PERSON, PROMOTED_AGAINST_FAIL -> " promoted it";
                    case ABORTED_BY_PERSON -> " aborted it";
                    default -> "";
                };
        var against = decision.reasons().getFirst() == DecisionReason.PROMOTED_AGAINST_FAIL ? " against its FAIL" : "";
        return said.isEmpty()
                ? Optional.empty()
                : decision.origin()
                        .filter(origin -> !origin.actor().equals(Origin.GATE))
                        .map(origin -> origin.actor() + said + against + ": " + Sentences.ended(origin.comment()));
    }

    private static String held(PromotionHold hold) {
        return hold.creator() + " holds this release: " + Sentences.ended(hold.reason());
    }

    private static Optional<String> ofRule(Decision decision) {
        var holding = decision.outcome() == Outcome.HOLD
                ? decision.rules().stream()
                        .filter(rule -> rule.effect() == RuleOutcome.Effect.HELD)
                        .map(RuleOutcome::detail)
                        .filter(detail -> !detail.isEmpty())
                        .toList()
                : List.<String>of();
        return holding.isEmpty()
                ? Optional.empty()
                : Optional.of(Sentences.ended(Sentences.capitalized(holding.getFirst()))
                        + (holding.size() == 1
                                ? ""
                                : " "
                                        + NumberText.counted(
                                                holding.size() - 1L,
                                                "more rule holds it too.",
                                                "more rules hold it too.")));
    }

    private static String about(Decision decision, String why) {
        var objective = decision.figures().objective();
        return decision.outcome() == Outcome.ABORT && !objective.isEmpty() ? objective + ": " + why : why;
    }

    /** "76 of 18,402 canary requests bad (0.41 %), stable 0.12 %." */
    private static String counted(Decision decision) {
        var figures = decision.figures();
        return figures.objectives().stream()
                .filter(one -> one.slo().equals(figures.objective()))
                .findFirst()
                .filter(one -> one.requests().canary() > 0)
                .map(Headline::counted)
                .orElse("");
    }

    private static String counted(ObjectiveFigures objective) {
        var canary = objective.requests().canary();
        var bad = objective.badRequests().canary();
        var baseline = objective.requests().baseline();
        return (bad > 0 ? whole(bad) : "None")
                + " of " + whole(canary) + " canary requests bad"
                + (bad > 0 ? " (" + percent(bad / canary) + ")" : "")
                + (baseline > 0
                        ? "; stable version " + percent(objective.badRequests().baseline() / baseline)
                        : "")
                + ".";
    }

    private static String whole(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    private static String percent(double ratio) {
        return NumberText.percent(ratio, DIGITS);
    }

    private static String until(PresentRelease present, Decision decision, Instant now) {
        var release = present.release();
        if (!release.open()) {
            return "For good.";
        }
        if (release.watched()) {
            return "Watched after its promotion until "
                    + clock(release.watchedUntil().orElseThrow(), now) + "; a FAIL before then rolls it back.";
        }
        if (!present.holds().isEmpty()) {
            return present.holds()
                    .getFirst()
                    .end()
                    .map(end -> "Until " + clock(end, now) + ", or until it is resumed.")
                    .orElse("Until it is resumed.");
        }
        if (decision.outcome() == Outcome.PROMOTE) {
            return present.deadline()
                    .map(end -> "Measured until " + clock(end, now) + "; a FAIL before then aborts it.")
                    .orElse("Until its analysis ends; a FAIL before then aborts it.");
        }
        if (decision.heldByRule() || present.deadline().isEmpty()) {
            return waitsForPerson(present) ? "Until a person decides." : "Until nothing holds it any more.";
        }
        return "Until the evidence decides, at the latest "
                + clock(present.deadline().get(), now) + ".";
    }

    private static boolean waitsForPerson(PresentRelease present) {
        return Attention.of(present).isPresent();
    }

    private static String clock(Instant time, Instant now) {
        var moment = Moment.of(time, now);
        return moment.minute() + " (" + moment.distance() + ")";
    }

    private static String todo(PresentRelease present, ReasonText reason) {
        var release = present.release();
        if (!release.rollback().detail().isEmpty()) {
            return "Go on with the rollback by hand.";
        }
        if (release.state() == ReleaseState.SUPERSEDED) {
            return ReasonText.of(DecisionReason.RELEASE_SUPERSEDED).todo();
        }
        return present.holds().isEmpty()
                ? reason.todo()
                : ReasonText.of(DecisionReason.RELEASE_HELD).todo();
    }
}
