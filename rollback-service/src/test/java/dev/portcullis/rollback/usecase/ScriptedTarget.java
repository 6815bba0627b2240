package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A target that shows and answers what a test has laid out; what is laid out last stays. */
final class ScriptedTarget implements RollbackTarget {
    private final String kind;
    final Deque<TargetObservation> observations = new ArrayDeque<>();
    final Deque<ApplyResult> outcomes = new ArrayDeque<>();
    final List<String> keys = new ArrayList<>();
    final List<Long> fences = new ArrayList<>();
    Optional<Readiness> readiness = Optional.empty();
    List<Right> rights = List.of();
    Runnable duringCall = () -> {};
    Supplier<Optional<String>> unsaid = Optional::empty;
    final List<String> announced = new ArrayList<>();
    /** The revisions that were told with it. */
    final List<String> named = new ArrayList<>();

    ScriptedTarget() {
        this("scripted");
    }

    ScriptedTarget(String kind) {
        this.kind = kind;
    }

    ScriptedTarget shows(TargetObservation... next) {
        observations.clear();
        observations.addAll(List.of(next));
        return this;
    }

    ScriptedTarget answers(ApplyResult... next) {
        outcomes.clear();
        outcomes.addAll(List.of(next));
        return this;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Readiness prepare(RollbackOrder order, TargetSettings configured) {
        return readiness.orElseGet(() ->
                new Readiness.Ready(configured.with("pinned", order.to()), observations.element(), "back", List.of()));
    }

    @Override
    public List<Right> rights(TargetSettings settings) {
        return rights;
    }

    @Override
    public TargetObservation observe(Assignment assignment) {
        return observations.size() > 1 ? observations.remove() : observations.element();
    }

    @Override
    public ApplyResult apply(Assignment assignment) {
        keys.add(assignment.idempotencyKey());
        fences.add(assignment.fence());
        duringCall.run();
        return outcomes.size() > 1 ? outcomes.remove() : outcomes.element();
    }

    @Override
    public Optional<String> announce(Assignment assignment, String revision) {
        announced.add(assignment.idempotencyKey());
        named.add(revision);
        return unsaid.get();
    }

    @Override
    public String commandToApply(Assignment assignment) {
        return "apply " + assignment.order().service();
    }

    @Override
    public String commandToLook(Assignment assignment) {
        return "look " + assignment.order().service();
    }
}
