package dev.portcullis.gate.policy;

import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.Successor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The decision on a release that is watched after its promotion, as a pure function. Only a FAIL counts: users have the version, so that what is not proven, or cannot be
 * measured, changes nothing. Nothing is promoted here that was not before.
 */
public final class WatchRules {
    private WatchRules() {}

    /**
     * What to do with it.
     *
     * @param release that is watched
     * @param reply what analysis-service says of its watch
     * @param byEvidence what that means without the watch
     * @return its latest decision when there is nothing new
     */
    public static Decision decide(Release release, AnalysisReply reply, Decision byEvidence, Instant now) {
        var latest = release.latest().orElseThrow();
        var successor = release.successor();
        if (successor.isPresent()) {
            return left(release, reply, successor.get());
        }
        if (reply.report().filter(AnalysisReport::failed).isPresent()) {
            return failed(byEvidence);
        }
        return release.failed() || now.isBefore(release.watchedUntil().orElseThrow()) ? latest : over(release, reply);
    }

    /** A FAIL after the promotion, by what it means before one. */
    public static Decision failed(Decision byEvidence) {
        var reasons = Stream.concat(Stream.of(DecisionReason.FAILED_AFTER_PROMOTION), byEvidence.reasons().stream())
                .toList();
        var decided = Decision.of(
                        byEvidence.outcome(),
                        reasons,
                        "the version failed after it was promoted: " + byEvidence.explanation())
                .restingOn(byEvidence);
        return byEvidence.policy().map(decided::by).orElse(decided);
    }

    private static Decision over(Release release, AnalysisReply reply) {
        var until = release.watchedUntil().orElseThrow().truncatedTo(ChronoUnit.SECONDS);
        return ended("it was watched after its promotion until " + until + ", and did not fail", reply);
    }

    private static Decision left(Release release, AnalysisReply reply, Successor newer) {
        var told = "canary '" + newer.canary() + "' of the newer release " + newer.name()
                + " serves users, so this one is watched no more";
        return release.failed()
                ? Decision.hold(DecisionReason.RELEASE_SUPERSEDED, told)
                        .restingOn(release.latest().orElseThrow())
                : ended(told, reply);
    }

    private static Decision ended(String told, AnalysisReply reply) {
        var decided = Decision.of(Outcome.PROMOTE, List.of(DecisionReason.PROMOTION_WATCHED), told + said(reply));
        return reply.report().map(decided::restingOn).orElse(decided);
    }

    private static String said(AnalysisReply reply) {
        return switch (reply) {
            case AnalysisReport report ->
                (report.measuringDetail().isBlank() ? "" : " (" + report.measuringDetail() + ")")
                        + (report.explanation().isBlank() ? "" : ": " + report.explanation());
            case AnalysisReply.Unavailable unavailable ->
                "; analysis-service could not be asked in the end (" + unavailable.detail() + ")";
            case AnalysisReply.Refused refused ->
                "; it was not measured, since analysis-service refuses (" + refused.detail() + ")";
            case AnalysisReply.ServiceUnknown unknown ->
                "; it was not measured, since analysis-service does not know the service (" + unknown.detail() + ")";
        };
    }
}
