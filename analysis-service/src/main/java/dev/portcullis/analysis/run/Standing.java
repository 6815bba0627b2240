package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an analysis stands.
 *
 * @param state where in its life it is
 * @param verdict what the evidence says; INCONCLUSIVE only after the deadline
 * @param updateTime when it last changed
 * @param endTime when it ended; null while it runs
 * @param nextPoll when it is to be polled again; null when it has ended
 * @param cancelReason why it was cancelled; null when it was not
 */
public record Standing(
        RunState state,
        Verdict verdict,
        Instant updateTime,
        @Nullable Instant endTime,
        @Nullable Instant nextPoll,
        @Nullable String cancelReason) {
    static Standing running(Verdict verdict, Instant now, Instant nextPoll) {
        return new Standing(RunState.RUNNING, verdict, now, null, nextPoll, null);
    }

    static Standing concluded(Verdict verdict, Instant now) {
        return new Standing(RunState.CONCLUDED, verdict, now, now, null, null);
    }

    Standing cancelled(String reason, Instant now) {
        return new Standing(RunState.CANCELLED, verdict, now, now, null, reason);
    }
}
