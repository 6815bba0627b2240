package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the closed windows of an analysis amount to.
 *
 * @param judgement the evidence of the sequential tests, and their verdict; decides nothing when there is a score
 * @param pace how fast the evidence grew of late
 * @param passTime when the window ended that passed; null when none did
 * @param findings what a FAIL of the sequential judge rests on; null unless there is one
 * @param shortage the PASS that the traffic so far cannot bring before the deadline; null when it can, or something is decided
 * @param score what the Mann-Whitney judge says, which decides then; null when the policy does not choose it
 */
public record Assessment(
        Judgement judgement,
        Pace pace,
        @Nullable Instant passTime,
        @Nullable Findings findings,
        @Nullable PassShortage shortage,
        @Nullable ScoreAssessment score) {
    /** The verdict of the judge that the policy chose. */
    public Verdict verdict() {
        return score == null ? judgement.verdict() : score.verdict();
    }
}
