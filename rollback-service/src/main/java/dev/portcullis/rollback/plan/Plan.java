package dev.portcullis.rollback.plan;

import java.util.List;

/**
 * The way back of one service, fixed when a rollback starts: later changes of the configuration do not alter it.
 *
 * @param target what is acted on
 * @param limits how long it is tried
 */
public record Plan(TargetSettings target, Limits limits) {
    /** The steps as they are written down at the start, in order. */
    public List<Step> steps() {
        return List.of(Step.pending(StepKind.RETURN_TRAFFIC), Step.pending(StepKind.VERIFY_TRAFFIC));
    }
}
