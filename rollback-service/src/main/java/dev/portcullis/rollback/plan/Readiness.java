package dev.portcullis.rollback.plan;

import java.util.List;

/** What a look at a target before a rollback showed. */
public sealed interface Readiness {
    /**
     * It can be rolled back.
     *
     * @param pinned the settings with what exactly is to be done, so that nothing that happens later changes it
     * @param now where the target is
     * @param goal where it will be, in one line
     * @param preconditions what else people should know
     */
    record Ready(TargetSettings pinned, TargetObservation now, String goal, List<Precondition> preconditions)
            implements Readiness {
        public Ready {
            preconditions = List.copyOf(preconditions);
        }
    }

    /** It cannot be rolled back, and why. */
    record Blocked(Obstacle obstacle, String text) implements Readiness {}

    /** It could not be looked at, and why; that may pass. */
    record Unreachable(String text) implements Readiness {}
}
