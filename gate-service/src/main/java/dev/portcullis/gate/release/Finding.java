package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.AnalysisState;
import dev.portcullis.gate.judgement.Hearing;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Moment;
import dev.portcullis.gate.judgement.Snapshot;
import dev.portcullis.gate.judgement.Verdict;
import java.time.Duration;
import java.util.Optional;

/** What was heard of a release, and what the rules make of it. */
public record Finding(Hearing hearing, Ruling ruling) {
    /** A canary that serves users is hardly ever without a request for so long. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** What a decision on this finding rests on. */
    public Basis basis() {
        return Basis.of(hearing);
    }

    Optional<Judgement> judgement() {
        return hearing instanceof Hearing.Heard heard ? Optional.of(heard.judgement()) : Optional.empty();
    }

    Optional<Snapshot> snapshot() {
        return judgement().map(Judgement::snapshot);
    }

    /** Whether something newer of the same analysis was recorded already. A FAIL is final and so never out of date. */
    boolean outdated(Moment seen) {
        return judgement()
                .filter(judgement -> judgement.verdict() != Verdict.FAIL)
                .filter(judgement -> judgement.moment().before(seen))
                .isPresent();
    }

    /** Whether the canary has served a request. */
    boolean serves() {
        return judgement().filter(judgement -> judgement.traffic().served()).isPresent();
    }

    /**
     * Whether users reach the canary no more, as far as can be told.
     *
     * @param servedBefore what was known before; counts when nothing was heard now
     */
    boolean leftByTraffic(boolean servedBefore) {
        return judgement()
                .map(judgement -> !judgement.traffic().served()
                        || judgement.traffic().silence().compareTo(SILENCE) >= 0)
                .orElse(!servedBefore);
    }

    /** Whether nothing can come of it any more: nobody to judge up to the deadline, or no analysis to be had. */
    boolean endsUnjudged(boolean hasAnalysis) {
        return judgement().map(Judgement::neverServed).orElse(hearing instanceof Hearing.Refused && !hasAnalysis);
    }

    boolean passedForGood() {
        return judgement().filter(Judgement::passedForGood).isPresent();
    }

    /** Whether the analysis has ended, so that only a changed policy or a person can change the ruling. */
    public boolean analysisOver() {
        return judgement()
                .filter(judgement -> judgement.state() != AnalysisState.RUNNING)
                .isPresent();
    }
}
