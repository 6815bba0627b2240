package dev.portcullis.gate.policy;

import static dev.portcullis.gate.decision.Outcome.ABORT;
import static dev.portcullis.gate.decision.Outcome.HOLD;
import static dev.portcullis.gate.decision.Outcome.PROMOTE;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.Judge;
import dev.portcullis.gate.analysis.MeasuringState;
import dev.portcullis.gate.analysis.Severity;
import dev.portcullis.gate.analysis.TestKind;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision as a pure function of what analysis-service replied and what the policy says.
 *
 * <p>"Could not measure" and "could not ask" are always HOLD: they never promote and never abort. Only a FAIL counts whatever the present state of measuring,
 * because it was measured before and is final.
 */
public final class DecisionRules {
    private static final String EXPIRED =
            "the canary served no request up to the deadline, so this release has ended with nothing to judge; check how its canary is spelt,"
                    + " and ask again when it has traffic, which begins a new run";

    private DecisionRules() {}

    /** What to do with an open release. */
    public static Decision decide(AnalysisReply reply, UndecidedAction undecided, FailActions onFail) {
        return switch (reply) {
            case AnalysisReply.Unavailable unavailable ->
                Decision.hold(
                        DecisionReason.ANALYSIS_UNAVAILABLE,
                        "analysis-service could not be asked (" + unavailable.detail()
                                + "); nothing is decided until it answers");
            case AnalysisReply.ServiceUnknown unknown ->
                Decision.hold(
                        DecisionReason.UNKNOWN_SERVICE,
                        "analysis-service does not know the service: " + unknown.detail());
            case AnalysisReply.Refused refused ->
                Decision.hold(
                        DecisionReason.ANALYSIS_REFUSED,
                        "analysis-service refuses this analysis (" + refused.detail()
                                + "); correct what it names, in the request or in the ReleasePolicy, and ask again");
            case AnalysisReport report -> decide(report, undecided, onFail).restingOn(report);
        };
    }

    /**
     * A decision by the evidence, of a release whose analysis the policy skips: a PROMOTE where the evidence allows none yet and speaks against nothing. A FAIL, a cancelled
     * analysis, and a canary that served nobody up to the deadline stay what they are, and so does what could not be asked.
     */
    public static Decision skipping(AnalysisReply reply, Decision byEvidence) {
        var waiting = reply.report()
                .filter(report -> report.verdict() != Verdict.FAIL && !report.neverServed())
                .filter(report -> report.state() != AnalysisState.CANCELLED);
        if (byEvidence.outcome() == PROMOTE || waiting.isEmpty()) {
            return byEvidence;
        }
        var reasons = Stream.concat(Stream.of(DecisionReason.ANALYSIS_SKIPPED), byEvidence.reasons().stream())
                .toList();
        return Decision.of(
                        PROMOTE,
                        reasons,
                        "the policy skips the analysis for a release with its labels; it is measured all the same, and a FAIL aborts: "
                                + byEvidence.explanation())
                .restingOn(waiting.get());
    }

    /** What cannot be measured now has no part in a FAIL, and would read like its reason. */
    private static String failed(AnalysisReport report) {
        return report.explanation().isBlank() ? "the canary is beyond its limits" : report.explanation();
    }

    private static Decision decide(AnalysisReport report, UndecidedAction undecided, FailActions onFail) {
        if (report.failed()) {
            return onFail(report, onFail.on(report.failing()));
        }
        if (report.state() == AnalysisState.CANCELLED) {
            return Decision.hold(
                    DecisionReason.ANALYSIS_CANCELLED,
                    explain("the analysis was cancelled while the release was open; a person must decide", report));
        }
        return switch (report.verdict()) {
            case PASS -> onPass(report);
            case INCONCLUSIVE -> atDeadline(report, undecided);
            default -> undecided(report);
        };
    }

    private static Decision onFail(AnalysisReport report, FailAction action) {
        return switch (action) {
            case ABORT -> Decision.of(ABORT, culprits(report), failed(report));
            case HOLD ->
                Decision.of(
                        HOLD,
                        Stream.concat(Stream.of(DecisionReason.FAIL_NEEDS_PERSON), culprits(report).stream())
                                .toList(),
                        "the canary fails by objectives of severity " + severities(report)
                                + " alone, for which the policy says hold; a person must decide, and it is not measured any more: "
                                + failed(report));
        };
    }

    private static String severities(AnalysisReport report) {
        return report.failing().stream().sorted().map(Severity::word).collect(Collectors.joining(" and "));
    }

    private static List<DecisionReason> culprits(AnalysisReport report) {
        if (report.judge() == Judge.MANN_WHITNEY) {
            return List.of(DecisionReason.SCORE_FAILED);
        }
        var reasons = Stream.of(TestKind.SLO, TestKind.BASELINE)
                .filter(report.culprits()::contains)
                .map(kind -> kind == TestKind.SLO ? DecisionReason.SLO_VIOLATED : DecisionReason.WORSE_THAN_BASELINE)
                .toList();
        return reasons.isEmpty() ? List.of(DecisionReason.COMBINED_EVIDENCE) : reasons;
    }

    private static Decision onPass(AnalysisReport report) {
        return report.measuring() == MeasuringState.MEASURING ? passed(report) : passedButBlind(report);
    }

    private static Decision passed(AnalysisReport report) {
        return switch (report.judge()) {
            case SEQUENTIAL ->
                Decision.of(
                        PROMOTE, DecisionReason.CANARY_WITHIN_LIMITS, quote("the canary is within its limits", report));
            case MANN_WHITNEY ->
                Decision.of(PROMOTE, DecisionReason.SCORE_PASSED, quote("the canary's score passed", report));
        };
    }

    private static Decision atDeadline(AnalysisReport report, UndecidedAction undecided) {
        if (report.neverServed()) {
            var reasons = List.of(DecisionReason.RELEASE_EXPIRED, DecisionReason.NO_DATA);
            return Decision.of(HOLD, reasons, explain(EXPIRED, report));
        }
        var what = "the deadline passed undecided";
        if (report.measuring() != MeasuringState.MEASURING) {
            var reasons = List.of(DecisionReason.DEADLINE_UNDECIDED, blindness(report));
            return Decision.of(HOLD, reasons, explain(what + " and the canary cannot be measured", report));
        }
        return switch (undecided) {
            case HOLD ->
                Decision.hold(DecisionReason.DEADLINE_UNDECIDED, explain(what + "; a person must decide", report));
            case ABORT ->
                Decision.of(
                        ABORT,
                        DecisionReason.DEADLINE_UNDECIDED,
                        explain(what + " and the policy says abort then", report));
            case PROMOTE_WITHOUT_PROOF ->
                Decision.of(
                        PROMOTE,
                        DecisionReason.PROMOTED_WITHOUT_PROOF,
                        explain(what + " and the policy promotes without proof then", report));
        };
    }

    private static Decision undecided(AnalysisReport report) {
        return report.measuring() == MeasuringState.MEASURING
                ? Decision.of(HOLD, undecidedReasons(report), quote("the evidence decides nothing yet", report))
                : Decision.hold(blindness(report), quote("the canary cannot be measured", report));
    }

    private static List<DecisionReason> undecidedReasons(AnalysisReport report) {
        return report.shortOfTraffic()
                ? List.of(DecisionReason.NOT_ENOUGH_EVIDENCE, DecisionReason.TOO_LITTLE_TRAFFIC)
                : List.of(DecisionReason.NOT_ENOUGH_EVIDENCE);
    }

    private static Decision passedButBlind(AnalysisReport report) {
        var why = report.measuring() == MeasuringState.NO_DATA
                ? "the canary passed before, but has no traffic now"
                : "the canary passed before, but cannot be measured now";
        return Decision.hold(blindness(report), explain(why, report));
    }

    private static DecisionReason blindness(AnalysisReport report) {
        return report.measuring() == MeasuringState.NO_DATA
                ? DecisionReason.NO_DATA
                : DecisionReason.METRICS_UNREACHABLE;
    }

    /** What the analysis says, in its own words; ours too where it leaves something out. */
    private static String quote(String decided, AnalysisReport report) {
        var said = report.explanation();
        return !said.isBlank() && said.contains(report.measuringDetail()) ? said : explain(decided, report);
    }

    /** The gate's own part first, then what the analysis says. */
    private static String explain(String decided, AnalysisReport report) {
        var said = report.explanation();
        var detail = said.contains(report.measuringDetail()) ? "" : " (" + report.measuringDetail() + ")";
        return said.isBlank() ? decided + detail : decided + detail + ": " + said;
    }
}
