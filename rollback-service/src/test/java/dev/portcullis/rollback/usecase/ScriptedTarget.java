package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.Right;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
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
    final Deque<Sighting> sightings = new ArrayDeque<>();
    final Deque<Outcome> outcomes = new ArrayDeque<>();
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

    ScriptedTarget shows(Sighting... next) {
        sightings.clear();
        sightings.addAll(List.of(next));
        return this;
    }

    ScriptedTarget answers(Outcome... next) {
        outcomes.clear();
        outcomes.addAll(List.of(next));
        return this;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Readiness prepare(ReturnOrder order, TargetSettings configured) {
        return readiness.orElseGet(() ->
                new Readiness.Ready(configured.with("pinned", order.to()), sightings.element(), "back", List.of()));
    }

    @Override
    public List<Right> rights(TargetSettings settings) {
        return rights;
    }

    @Override
    public Sighting observe(Assignment assignment) {
        return sightings.size() > 1 ? sightings.remove() : sightings.element();
    }

    @Override
    public Outcome apply(Assignment assignment) {
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
