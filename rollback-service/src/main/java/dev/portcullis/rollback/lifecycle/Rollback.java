package dev.portcullis.rollback.lifecycle;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Effect;
import dev.portcullis.rollback.plan.Limits;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.Stage;
import dev.portcullis.rollback.plan.Step;
import dev.portcullis.rollback.plan.StepKind;
import dev.portcullis.rollback.plan.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One durable return of a service from a bad revision to a good one. Immutable; changes answer the next version.
 *
 * @param id its identity
 * @param origin how it came about
 * @param order what is wanted
 * @param plan how, fixed before the start
 * @param status the part that changes
 * @param steps what is done, in order; each but the last is done before the next begins
 * @param cancellation the wish to end it before its next step
 */
public record Rollback(
        UUID id,
        RollbackOrigin origin,
        RollbackOrder order,
        Plan plan,
        RollbackStatus status,
        List<Step> steps,
        Optional<Cancellation> cancellation) {
    public Rollback {
        steps = List.copyOf(steps);
    }

    /** A rollback as it is first written down. */
    public static Rollback planned(UUID id, RollbackOrigin origin, RollbackOrder order, Plan plan, Instant now) {
        var status = RollbackStatus.planned("written down; it begins within a second", now);
        return new Rollback(id, origin, order, plan, status, plan.steps(), Optional.empty());
    }

    /** Resource name, "rollbacks/{uuid}". */
    public String name() {
        return "rollbacks/" + id;
    }

    public RollbackState state() {
        return status.state();
    }

    /** The step that is to be worked on: the first that has not ended, or the last. */
    public Step currentStep() {
        return steps.stream().filter(step -> !step.state().ended()).findFirst().orElseGet(steps::getLast);
    }

    /** The step of that kind of a stage. */
    public Step step(int stage, StepKind kind) {
        return steps.stream()
                .filter(step -> step.stage() == stage && step.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name() + " has no " + kind.word() + " of stage " + stage));
    }

    /** The stage the current step belongs to; that of the proof of recovery is the last. */
    public Stage currentStage() {
        return plan.stages().get(Math.min(currentStep().stage(), plan.stages().size() - 1));
    }

    /** How long the current step is given. */
    public Limits currentLimits() {
        return currentStage().optional() ? plan.limits().ofOptional() : plan.limits();
    }

    /** Whether the chain went on without that stage. */
    public boolean wentWithout(int stage) {
        return step(stage, StepKind.CONFIRM).state() == StepState.GIVEN_UP
                || step(stage, StepKind.APPLY).state() == StepState.GIVEN_UP;
    }

    /** What a stage's target is told; its idempotency key depends on nothing but this rollback's identity and the stage's place. */
    public Assignment assignment(int stage, long fence) {
        var target = plan.stages().get(stage).target();
        return new Assignment(name(), id + "/" + (stage + 1), fence, order, target);
    }

    /**
     * The revision users get once all targets are restored: what the last target that tells was seen to give them, else what was ordered. They differ where a
     * controller gives the pods of an old template a new name.
     */
    public String restoredRevision() {
        return steps.reversed().stream()
                .map(step -> step.looks().revision())
                .filter(revision -> !revision.isEmpty())
                .findFirst()
                .orElse(order.to());
    }

    /** A step's name as people read it: "istio apply"; of the proof of recovery "verify". */
    public String nameOf(Step step) {
        return step.kind() == StepKind.VERIFY
                ? step.kind().word()
                : plan.stages().get(step.stage()).target().kind() + " "
                        + step.kind().word();
    }

    /** Whether there is no target left to be told. */
    public boolean allTold() {
        return steps.stream()
                .noneMatch(
                        step -> step.kind() == StepKind.APPLY && !step.state().ended());
    }

    /** Whether it is certain that no target was changed so far. */
    public boolean nothingChanged() {
        return steps.stream().allMatch(step -> step.effect() == Effect.NONE);
    }

    /**
     * The next version: one step changed, and with it perhaps the state.
     *
     * @throws IllegalStateException when the state may not follow
     */
    public Rollback with(Step changed, RollbackState state, String detail, Instant now) {
        var next =
                steps.stream().map(step -> step.same(changed) ? changed : step).toList();
        return new Rollback(id, origin, order, plan, status.to(state, detail, now), next, cancellation);
    }

    /** The same version with the wish to end it as it is kept. */
    public Rollback with(Optional<Cancellation> kept) {
        return new Rollback(id, origin, order, plan, status, steps, kept);
    }

    /** The same version, in which users are seen off the bad revision. */
    public Rollback trafficBack(Instant now) {
        return new Rollback(id, origin, order, plan, status.trafficBack(now), steps, cancellation);
    }
}
