package dev.portcullis.rollback.rollback;

import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Sighting;
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
public record Outlook(
        TargetSettings target, Sighting now, String goal, String command, List<Precondition> preconditions) {
    public Outlook {
        preconditions = List.copyOf(preconditions);
    }

    private static final String LEFT_OUT = "OPTIONAL_STAGE_POSSIBLE";

    /** Of an optional stage that could not be prepared: the rollback goes on without it. */
    public static Outlook leftOut(TargetSettings target, String why) {
        var warning = new Precondition(LEFT_OUT, false, "left out: " + why);
        return new Outlook(target, new Sighting.Unreadable(why), "left out", "", List.of(warning));
    }

    /** Whether the rollback goes on without it. */
    public boolean leftOut() {
        return preconditions.stream().anyMatch(precondition -> precondition.id().equals(LEFT_OUT));
    }

    /** Whether nothing is left to do there. */
    public boolean restored() {
        return now instanceof Sighting.Restored;
    }
}
