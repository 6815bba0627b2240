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

    /** Whether nothing is left to do there. */
    public boolean restored() {
        return now instanceof Sighting.Restored;
    }
}
