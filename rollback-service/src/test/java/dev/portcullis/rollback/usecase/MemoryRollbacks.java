package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Admission;
import dev.portcullis.rollback.lifecycle.Cancellation;
import dev.portcullis.rollback.lifecycle.Lease;
import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.StaleRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** One rollback and all its versions, in memory. */
final class MemoryRollbacks implements Rollbacks {
    final List<Rollback> versions = new ArrayList<>();
    final List<RollbackEvent> lines = new ArrayList<>();
    Optional<Admission> inTheWay = Optional.empty();
    Consumer<Rollback> whenReplaced = next -> {};

    Rollback latest() {
        return versions.getLast();
    }

    @Override
    public Admission admit(Rollback planned) {
        if (inTheWay.isPresent()) {
            return inTheWay.get();
        }
        versions.add(planned);
        return new Admission.Admitted(planned);
    }

    @Override
    public Optional<Admission> inTheWay(Rollback planned) {
        return inTheWay;
    }

    @Override
    public Optional<Lease> take(UUID id, String holder) {
        return Optional.of(new Lease(holder, 1));
    }

    @Override
    public void giveBack(UUID id, Lease lease) {}

    @Override
    public Rollback replace(Rollback next, Lease lease, Optional<RollbackEvent> line) {
        if (next.status().version() != latest().status().version() + 1) {
            throw new StaleRollbackException(next);
        }
        var kept = next.with(latest().cancellation());
        versions.add(kept);
        line.ifPresent(lines::add);
        whenReplaced.accept(kept);
        return kept;
    }

    @Override
    public Optional<Rollback> cancel(UUID id, Cancellation cancellation) {
        var now = latest();
        versions.add(new Rollback(
                now.id(), now.origin(), now.order(), now.plan(), now.status(), now.steps(), Optional.of(cancellation)));
        return Optional.of(latest());
    }

    @Override
    public Optional<Rollback> find(UUID id) {
        return versions.stream().filter(rollback -> rollback.id().equals(id)).reduce((first, last) -> last);
    }

    @Override
    public Optional<Rollback> findByToken(UUID token) {
        return versions.stream()
                .filter(rollback -> rollback.origin().token().equals(token))
                .reduce((first, last) -> last);
    }

    @Override
    public List<Rollback> list(RollbackFilter filter, Optional<ListPosition> after, int limit) {
        return List.of();
    }

    @Override
    public List<RollbackEvent> events(UUID id) {
        return List.copyOf(lines);
    }

    @Override
    public List<UUID> active() {
        return List.of();
    }

    @Override
    public List<UUID> toBeCancelled() {
        return List.of();
    }
}
