package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Judgement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the closed windows of an analysis amount to.
 *
 * @param judgement the verdict and the evidence
 * @param pace how fast the evidence grew of late
 * @param passTime when the window ended that passed; null when none did
 * @param findings what a FAIL rests on; null unless the verdict is FAIL
 */
public record Assessment(
        Judgement judgement,
        Pace pace,
        @Nullable Instant passTime,
        @Nullable Findings findings) {}
