package dev.portcullis.rollback.lifecycle;

import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.List;

/**
 * What one stage of a plan would do.
 *
 * @param target what is acted on, pinned
 * @param now where it is
 * @param goal where it will be, in one line
 * @param command what a person would do by hand
 * @param preconditions what else people should know
 */
public record StageOutlook(
        TargetSettings target, TargetObservation now, String goal, String command, List<Precondition> preconditions) {
    public StageOutlook {
        preconditions = List.copyOf(preconditions);
    }

    private static final String LEFT_OUT = "OPTIONAL_STAGE_POSSIBLE";

    /** Of an optional stage that could not be prepared: the rollback goes on without it. */
    public static StageOutlook leftOut(TargetSettings target, String why) {
        var warning = new Precondition(LEFT_OUT, false, "left out: " + why);
        return new StageOutlook(target, new TargetObservation.Unreadable(why), "left out", "", List.of(warning));
    }

    /** Whether the rollback goes on without it. */
    public boolean leftOut() {
        return preconditions.stream().anyMatch(precondition -> precondition.id().equals(LEFT_OUT));
    }

    /** Whether nothing is left to do there. */
    public boolean restored() {
        return now instanceof TargetObservation.Restored;
    }
}
