package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisReply;
import dev.portcullis.gate.analysis.AnalysisReport;
import dev.portcullis.gate.analysis.AnalysisSnapshot;
import dev.portcullis.gate.analysis.AnalysisState;
import dev.portcullis.gate.analysis.Verdict;
import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What analysis-service replied about a release, and what the rules make of it. */
public record Review(AnalysisReply reply, Ruling ruling) {
    /** A canary that serves users is hardly ever without a request for so long. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** What a decision on this finding rests on. */
    public Basis basis() {
        return Basis.of(reply);
    }

    Optional<AnalysisReport> report() {
        return reply instanceof AnalysisReply.Answered answered ? Optional.of(answered.report()) : Optional.empty();
    }

    /** When an undecided analysis becomes INCONCLUSIVE, and one that passed ends; empty when analysis-service could not be asked. */
    public Optional<Instant> deadline() {
        return report().map(AnalysisReport::deadline);
    }

    Optional<AnalysisSnapshot> snapshot() {
        return report().map(AnalysisReport::snapshot);
    }

    /** Whether something newer of the same analysis was recorded already. A FAIL is final and so never out of date. */
    boolean outdated(AnalysisProgress seen) {
        return report().filter(report -> report.verdict() != Verdict.FAIL)
                .filter(report -> report.progress().before(seen))
                .isPresent();
    }

    /** Whether the canary has served a request. */
    boolean serves() {
        return report().filter(report -> report.traffic().served()).isPresent();
    }

    /**
     * Whether users reach the canary no more, as far as can be told.
     *
     * @param servedBefore what was known before; counts when nothing was heard now
     */
    boolean leftByTraffic(boolean servedBefore) {
        return report().map(report ->
                        !report.traffic().served() || report.traffic().silence().compareTo(SILENCE) >= 0)
                .orElse(!servedBefore);
    }

    /** Whether nothing can come of it any more: nobody to judge up to the deadline, or no analysis to be had. */
    boolean endsUnjudged(boolean hasAnalysis) {
        return report().map(AnalysisReport::neverServed).orElse(reply instanceof AnalysisReply.Refused && !hasAnalysis);
    }

    boolean passedForGood() {
        return report().filter(AnalysisReport::passedForGood).isPresent();
    }

    /** Whether the analysis has ended, so that only a changed policy or a person can change the ruling. */
    public boolean analysisOver() {
        return report().filter(report -> report.state() != AnalysisState.RUNNING)
                .isPresent();
    }
}
