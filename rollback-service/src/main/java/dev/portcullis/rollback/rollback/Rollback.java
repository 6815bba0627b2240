package dev.portcullis.rollback.rollback;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One durable return of a service from a bad revision to a good one. Immutable; changes answer the next version.
 *
 * @param id its identity
 * @param requestId the caller's idempotency key
 * @param order what is wanted
 * @param plan how, fixed at the start
 * @param traceparent the W3C trace context of the call that started it; empty when there was none
 * @param life the part that changes
 * @param steps what is done, in order; each but the last is done before the next begins
 */
public record Rollback(
        UUID id, UUID requestId, ReturnOrder order, Plan plan, String traceparent, Life life, List<Step> steps) {
    public Rollback {
        steps = List.copyOf(steps);
    }

    /** A rollback as it is first written down. */
    public static Rollback planned(
            UUID id, UUID requestId, ReturnOrder order, Plan plan, String traceparent, Instant now) {
        var life = Life.planned("written down; it begins within seconds", now);
        return new Rollback(id, requestId, order, plan, traceparent, life, plan.steps());
    }

    /** Resource name, "rollbacks/{uuid}". */
    public String name() {
        return "rollbacks/" + id;
    }

    public RollbackState state() {
        return life.state();
    }

    /** The step that is to be worked on: the first that has not ended, or the last. */
    public Step currentStep() {
        return steps.stream().filter(step -> !step.state().ended()).findFirst().orElseGet(steps::getLast);
    }

    /** The step of that kind. */
    public Step step(StepKind kind) {
        return steps.stream()
                .filter(step -> step.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name() + " has no step " + kind.word()));
    }

    /** What the target is told; its idempotency key depends on nothing but this rollback's identity. */
    public Assignment assignment() {
        return new Assignment(name(), id + "/" + StepKind.RETURN_TRAFFIC.word(), order, plan.target());
    }

    /**
     * The next version: one step changed, and with it perhaps the state.
     *
     * @throws IllegalStateException when the state may not follow
     */
    public Rollback with(Step changed, RollbackState state, String detail, Instant now) {
        var next = steps.stream()
                .map(step -> step.kind() == changed.kind() ? changed : step)
                .toList();
        return new Rollback(id, requestId, order, plan, traceparent, life.to(state, detail, now), next);
    }
}
