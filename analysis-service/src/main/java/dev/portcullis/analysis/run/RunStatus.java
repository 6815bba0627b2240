package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of an analysis that changes.
 *
 * @param state where in its life it is
 * @param verdict what the evidence says; INCONCLUSIVE only after the deadline
 * @param updateTime when it last changed
 * @param endTime when it ended; null while it runs
 * @param nextPoll when it is to be polled again; null when it has ended
 * @param cancelReason why it was cancelled; null when it was not
 */
public record RunStatus(
        AnalysisState state,
        Verdict verdict,
        Instant updateTime,
        @Nullable Instant endTime,
        @Nullable Instant nextPoll,
        @Nullable String cancelReason) {
    static RunStatus running(Verdict verdict, Instant now, Instant nextPoll) {
        return new RunStatus(AnalysisState.RUNNING, verdict, now, null, nextPoll, null);
    }

    static RunStatus concluded(Verdict verdict, Instant now) {
        return new RunStatus(AnalysisState.CONCLUDED, verdict, now, now, null, null);
    }

    RunStatus cancelled(String reason, Instant now) {
        return new RunStatus(AnalysisState.CANCELLED, verdict, now, now, null, reason);
    }
}
