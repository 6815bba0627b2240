package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Observation;
import dev.portcullis.analysis.judge.Judgement;
import dev.portcullis.analysis.judge.PassShortage;
import dev.portcullis.analysis.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the closed windows of an analysis amount to.
 *
 * @param judgement the evidence of the sequential tests, and their verdict; decides nothing when there is a score
 * @param pace how fast the evidence grew of late
 * @param baked how long the canary was seen to serve requests; a PASS is given once that is the bake time. 0 when a score decides
 * @param passTime when the window ended that passed; null when none did
 * @param passCounts what was counted up to then, by objective name; empty when none did, or a score decides
 * @param failBasis what a FAIL of the sequential judge rests on; null unless there is one
 * @param shortage the PASS that the traffic so far cannot bring before the deadline; null when it can, or something is decided
 * @param score what the Mann-Whitney judge says, which decides then; null when the policy does not choose it
 */
public record Assessment(
        Judgement judgement,
        Pace pace,
        Duration baked,
        @Nullable Instant passTime,
        Map<String, Observation> passCounts,
        @Nullable FailBasis failBasis,
        @Nullable PassShortage shortage,
        @Nullable ScoreAssessment score) {
    /** Keeps its own copy. */
    public Assessment {
        passCounts = Map.copyOf(passCounts);
    }

    /** The verdict of the judge that the policy chose. */
    public Verdict verdict() {
        return score == null ? judgement.verdict() : score.verdict();
    }
}
