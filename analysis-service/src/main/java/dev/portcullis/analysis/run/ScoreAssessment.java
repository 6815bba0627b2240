package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Verdict;
import dev.portcullis.analysis.mannwhitney.ScoreJudgement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the looks of the Mann-Whitney judge came to so far.
 *
 * @param verdict FAIL from the first look on that failed, PASS only from the last one, the deadline; CONTINUE otherwise
 * @param looks how many looks were held
 * @param lookTime the end of the last window that the last look saw; null before the first look, and when it saw none
 * @param judgement what the last look said; null before the first look
 */
public record ScoreAssessment(
        Verdict verdict,
        int looks,
        @Nullable Instant lookTime,
        @Nullable ScoreJudgement judgement) {
    /** Before the first look. */
    static final ScoreAssessment NONE = new ScoreAssessment(Verdict.CONTINUE, 0, null, null);
}
