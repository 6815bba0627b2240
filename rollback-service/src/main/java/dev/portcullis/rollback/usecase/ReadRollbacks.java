package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.ListPosition;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackEvent;
import dev.portcullis.rollback.lifecycle.RollbackFilter;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import dev.portcullis.rollback.lifecycle.UnknownRollbackException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads one rollback, or a page of them. Thread-safe. */
public final class ReadRollbacks {
    private final Rollbacks rollbacks;

    public ReadRollbacks(Rollbacks rollbacks) {
        this.rollbacks = rollbacks;
    }

    /**
     * One page of a list.
     *
     * @param next where the next page goes on; empty on the last
     */
    public record Page(List<Rollback> rollbacks, Optional<ListPosition> next) {}

    /** @throws UnknownRollbackException when there is none */
    public Rollback get(UUID id) {
        return rollbacks.find(id).orElseThrow(() -> new UnknownRollbackException(id));
    }

    /** The record of a rollback, oldest line first. */
    public List<RollbackEvent> events(UUID id) {
        return rollbacks.events(id);
    }

    /** Up to {@code size} rollbacks, newest first. */
    public Page list(RollbackFilter filter, Optional<ListPosition> after, int size) {
        var found = rollbacks.list(filter, after, size + 1);
        if (found.size() <= size) {
            return new Page(found, Optional.empty());
        }
        var page = found.subList(0, size);
        return new Page(page, Optional.of(ListPosition.of(page.getLast())));
    }
}
