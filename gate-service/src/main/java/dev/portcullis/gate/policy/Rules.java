package dev.portcullis.gate.policy;

import static dev.portcullis.gate.decision.Outcome.ABORT;
import static dev.portcullis.gate.decision.Outcome.HOLD;
import static dev.portcullis.gate.decision.Outcome.PROMOTE;

import dev.portcullis.gate.decision.Reason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.AnalysisState;
import dev.portcullis.gate.judgement.Hearing;
import dev.portcullis.gate.judgement.Judge;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Measuring;
import dev.portcullis.gate.judgement.TestKind;
import dev.portcullis.gate.judgement.Verdict;
import java.util.List;
import java.util.stream.Stream;

/**
 * The decision as a pure function of what was heard and what the policy says.
 *
 * <p>"Could not measure" and "could not ask" are always HOLD: they never promote and never abort. Only a FAIL counts whatever the present state of measuring,
 * because it was measured before and is final.
 */
public final class Rules {
    private static final String EXPIRED =
            "the canary served no request up to the deadline, so this release has ended with nothing to judge; check how its canary is spelt,"
                    + " and ask again when it has traffic, which begins a new run";

    private Rules() {}

    /** What to do with an open release. */
    public static Ruling decide(Hearing hearing, Undecided undecided) {
        return switch (hearing) {
            case Hearing.Unavailable unavailable ->
                Ruling.hold(
                        Reason.ANALYSIS_UNAVAILABLE,
                        "analysis-service could not be asked (" + unavailable.detail()
                                + "); nothing is decided until it answers");
            case Hearing.ServiceUnknown unknown ->
                Ruling.hold(Reason.UNKNOWN_SERVICE, "analysis-service does not know the service: " + unknown.detail());
            case Hearing.Refused refused ->
                Ruling.hold(
                        Reason.ANALYSIS_REFUSED,
                        "analysis-service refuses this analysis (" + refused.detail()
                                + "); correct what it names, in the request or in the ReleasePolicy, and ask again");
            case Hearing.Heard heard -> decide(heard.judgement(), undecided);
        };
    }

    private static Ruling decide(Judgement judgement, Undecided undecided) {
        if (judgement.verdict() == Verdict.FAIL) {
            return new Ruling(ABORT, culprits(judgement), quote("the canary is beyond its limits", judgement));
        }
        if (judgement.state() == AnalysisState.CANCELLED) {
            return Ruling.hold(
                    Reason.ANALYSIS_CANCELLED,
                    explain("the analysis was cancelled while the release was open; a person must decide", judgement));
        }
        return switch (judgement.verdict()) {
            case PASS -> onPass(judgement);
            case INCONCLUSIVE -> atDeadline(judgement, undecided);
            default -> undecided(judgement);
        };
    }

    private static List<Reason> culprits(Judgement judgement) {
        if (judgement.judge() == Judge.MANN_WHITNEY) {
            return List.of(Reason.SCORE_FAILED);
        }
        var reasons = Stream.of(TestKind.SLO, TestKind.BASELINE)
                .filter(judgement.culprits()::contains)
                .map(kind -> kind == TestKind.SLO ? Reason.SLO_VIOLATED : Reason.WORSE_THAN_BASELINE)
                .toList();
        return reasons.isEmpty() ? List.of(Reason.COMBINED_EVIDENCE) : reasons;
    }

    private static Ruling onPass(Judgement judgement) {
        return judgement.measuring() == Measuring.MEASURING ? passed(judgement) : passedButBlind(judgement);
    }

    private static Ruling passed(Judgement judgement) {
        return switch (judgement.judge()) {
            case SEQUENTIAL ->
                Ruling.of(PROMOTE, Reason.CANARY_WITHIN_LIMITS, quote("the canary is within its limits", judgement));
            case MANN_WHITNEY -> Ruling.of(PROMOTE, Reason.SCORE_PASSED, quote("the canary's score passed", judgement));
        };
    }

    private static Ruling atDeadline(Judgement judgement, Undecided undecided) {
        if (judgement.neverServed()) {
            var reasons = List.of(Reason.RELEASE_EXPIRED, Reason.NO_DATA);
            return new Ruling(HOLD, reasons, explain(EXPIRED, judgement));
        }
        var what = "the deadline passed undecided";
        if (judgement.measuring() != Measuring.MEASURING) {
            var reasons = List.of(Reason.DEADLINE_UNDECIDED, blindness(judgement));
            return new Ruling(HOLD, reasons, explain(what + " and the canary cannot be measured", judgement));
        }
        return switch (undecided) {
            case HOLD -> Ruling.hold(Reason.DEADLINE_UNDECIDED, explain(what + "; a person must decide", judgement));
            case ABORT ->
                Ruling.of(
                        ABORT, Reason.DEADLINE_UNDECIDED, explain(what + " and the policy says abort then", judgement));
            case PROMOTE_WITHOUT_PROOF ->
                Ruling.of(
                        PROMOTE,
                        Reason.PROMOTED_WITHOUT_PROOF,
                        explain(what + " and the policy promotes without proof then", judgement));
        };
    }

    private static Ruling undecided(Judgement judgement) {
        return judgement.measuring() == Measuring.MEASURING
                ? new Ruling(HOLD, undecidedReasons(judgement), quote("the evidence decides nothing yet", judgement))
                : Ruling.hold(blindness(judgement), quote("the canary cannot be measured", judgement));
    }

    private static List<Reason> undecidedReasons(Judgement judgement) {
        return judgement.shortOfTraffic()
                ? List.of(Reason.NOT_ENOUGH_EVIDENCE, Reason.TOO_LITTLE_TRAFFIC)
                : List.of(Reason.NOT_ENOUGH_EVIDENCE);
    }

    private static Ruling passedButBlind(Judgement judgement) {
        var why = judgement.measuring() == Measuring.NO_DATA
                ? "the canary passed before, but has no traffic now"
                : "the canary passed before, but cannot be measured now";
        return Ruling.hold(blindness(judgement), explain(why, judgement));
    }

    private static Reason blindness(Judgement judgement) {
        return judgement.measuring() == Measuring.NO_DATA ? Reason.NO_DATA : Reason.METRICS_UNREACHABLE;
    }

    /** What the analysis says, in its own words; ours too where it leaves something out. */
    private static String quote(String ruling, Judgement judgement) {
        var said = judgement.explanation();
        return !said.isBlank() && said.contains(judgement.measuringDetail()) ? said : explain(ruling, judgement);
    }

    /** The gate's own part first, then what the analysis says. */
    private static String explain(String ruling, Judgement judgement) {
        var said = judgement.explanation();
        var detail = said.contains(judgement.measuringDetail()) ? "" : " (" + judgement.measuringDetail() + ")";
        return said.isBlank() ? ruling + detail : ruling + detail + ": " + said;
    }
}
