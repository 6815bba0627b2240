package dev.portcullis.gate.release;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.analysis.AnalysisSnapshot;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.rollback.RollbackOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be written about a release, all of it or nothing.
 *
 * @param decision a new decision, if there is one
 * @param snapshot the analysis the decision rests on; when empty though the decision rests on a judgement, that of the latest decision
 * @param state the state from now on
 * @param analysis the analysis from now on; empty = none
 * @param seen the latest stage of the analysis a decision rests on
 * @param served when the canary was first seen to have served a request; empty while it was not
 * @param ended when the release ended
 * @param order the rollback an ABORT wants
 * @param turn whether the outcome is another than before; a new window alone is no turn
 */
public record ReleaseChange(
        Optional<Decision> decision,
        Optional<AnalysisSnapshot> snapshot,
        ReleaseState state,
        String analysis,
        AnalysisProgress seen,
        Optional<Instant> served,
        Optional<Instant> ended,
        Optional<RollbackOrder> order,
        boolean turn) {}
