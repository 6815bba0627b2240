package dev.portcullis.rollback.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The way back of one service, fixed when a rollback is prepared: later changes of the configuration do not alter it.
 *
 * @param stages what is acted on, in order; at least one
 * @param recovery how it is proved that users recovered
 * @param limits how long it is tried
 */
public record Plan(List<Stage> stages, Recovery recovery, Limits limits) {
    public Plan {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a plan without stages");
        }
    }

    /** The steps as they are written down at the start, in order: two for each stage, and the proof of recovery. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            steps.add(Step.pending(stage, StepKind.APPLY));
            steps.add(Step.pending(stage, StepKind.CONFIRM));
        }
        steps.add(Step.pending(stages.size(), StepKind.VERIFY));
        return List.copyOf(steps);
    }

    /** The stage after which users are off the bad revision: the last that routes traffic, or the last of all. */
    public int trafficBackAfter() {
        return IntStream.range(0, stages.size())
                .filter(stage -> stages.get(stage).routesTraffic())
                .max()
                .orElse(stages.size() - 1);
    }

    /** The kinds of its targets, in order, as people read them: "feature-flag, istio, argo-rollouts". */
    public String targets() {
        return String.join(
                ", ", stages.stream().map(stage -> stage.target().kind()).toList());
    }
}
