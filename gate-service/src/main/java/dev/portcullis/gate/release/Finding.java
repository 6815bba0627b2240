package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Basis;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.judgement.AnalysisState;
import dev.portcullis.gate.judgement.Hearing;
import dev.portcullis.gate.judgement.Judgement;
import dev.portcullis.gate.judgement.Moment;
import dev.portcullis.gate.judgement.Snapshot;
import dev.portcullis.gate.judgement.Verdict;
import java.util.Optional;

/** What was heard of a release, and what the rules make of it. */
public record Finding(Hearing hearing, Ruling ruling) {
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

    boolean passedForGood() {
        return judgement().filter(Judgement::passedForGood).isPresent();
    }

    /** The analysis, when it still measures. */
    public Optional<String> runningAnalysis() {
        return judgement()
                .filter(judgement -> judgement.state() == AnalysisState.RUNNING)
                .map(Judgement::analysis);
    }

    /** Whether the analysis has ended, so that only a changed policy or a person can change the ruling. */
    public boolean analysisOver() {
        return judgement()
                .filter(judgement -> judgement.state() != AnalysisState.RUNNING)
                .isPresent();
    }
}
