package dev.portcullis.rollback.traffic;

import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.TargetObservation;
import java.util.List;
import java.util.Optional;

/**
 * How an object divides requests between versions, and what gives all of them to the stable one.
 *
 * @param seen the division, in one line, e.g. "route primary: stable 70, canary 30"
 * @param goal what will be seen when all goes to the stable version, in one line
 * @param edits what is to be changed for that; none when it is so already
 * @param guards tests of what the edits rely on, for those who make them without having looked
 * @param hindrance why that cannot be
 * @param preconditions what else people should know
 */
public record TrafficSplit(
        String seen,
        String goal,
        List<PatchOperation> edits,
        List<PatchOperation> guards,
        Optional<Hindrance> hindrance,
        List<Precondition> preconditions) {
    /** Why an object cannot be made to give all requests to the stable version. */
    public record Hindrance(Obstacle obstacle, String text) {}

    public TrafficSplit {
        edits = List.copyOf(edits);
        guards = List.copyOf(guards);
        preconditions = List.copyOf(preconditions);
    }

    /** No way to the stable version. */
    public static TrafficSplit hindered(String seen, String goal, Obstacle obstacle, String text) {
        return new TrafficSplit(
                seen, goal, List.of(), List.of(), Optional.of(new Hindrance(obstacle, text)), List.of());
    }

    TargetObservation observation() {
        if (hindrance.isPresent()) {
            return new TargetObservation.NotRestored(
                    seen + "; " + hindrance.get().text());
        }
        return edits.isEmpty() ? new TargetObservation.Restored(seen) : new TargetObservation.NotRestored(seen);
    }
}
