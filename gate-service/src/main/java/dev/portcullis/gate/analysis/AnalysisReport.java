package dev.portcullis.gate.analysis;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What analysis-service says of one canary at one moment.
 *
 * @param analysis name of the analysis, "analyses/{uuid}"
 * @param revision counts the changes of the analysis, from 0: the higher one is the later report; 0 of an analysis-service that does not count them
 * @param state where in its life the analysis is
 * @param judge who decided
 * @param verdict what it says
 * @param measuring whether the last poll could measure
 * @param measuringDetail why it could not, one line; empty while it could
 * @param progress how far the analysis had come
 * @param deadline when an undecided analysis becomes INCONCLUSIVE, and one that passed ends
 * @param culprits kinds of sequential tests whose evidence alone reaches the FAIL threshold; may be empty
 * @param failing severities of the objectives that a FAIL rests on; empty when that is not known, or there is no FAIL
 * @param shortOfTraffic whether the traffic cannot bring a PASS before the deadline
 * @param traffic whether users reach the canary
 * @param figures numbers to show
 * @param explanation one or two sentences of analysis-service; may be empty
 * @param json writes the whole analysis out as one JSON object, to be kept beside a decision: reports that change nothing need no copy
 */
public record AnalysisReport(
        String analysis,
        long revision,
        AnalysisState state,
        Judge judge,
        Verdict verdict,
        MeasuringState measuring,
        String measuringDetail,
        AnalysisProgress progress,
        Instant deadline,
        Set<TestKind> culprits,
        Set<Severity> failing,
        boolean shortOfTraffic,
        CanaryTraffic traffic,
        Figures figures,
        String explanation,
        Supplier<String> json)
        implements AnalysisReply {
    public AnalysisReport {
        culprits = Set.copyOf(culprits);
        failing = Set.copyOf(failing);
    }

    @Override
    public Optional<AnalysisReport> report() {
        return Optional.of(this);
    }

    /** Whether the analysis has ended, so that only a changed policy or a person can change what is decided by it. */
    public boolean ended() {
        return state != AnalysisState.RUNNING;
    }

    /** Whether it says FAIL, which is final. */
    public boolean failed() {
        return verdict == Verdict.FAIL;
    }

    /** Whether the analysis has ended with a PASS that nothing can override any more. */
    public boolean passedForGood() {
        return verdict == Verdict.PASS && state == AnalysisState.CONCLUDED;
    }

    /** Whether the deadline passed without a request of the canary: there was nothing to judge. */
    public boolean neverServed() {
        return verdict == Verdict.INCONCLUSIVE && measuring == MeasuringState.NO_DATA && !traffic.served();
    }
}
