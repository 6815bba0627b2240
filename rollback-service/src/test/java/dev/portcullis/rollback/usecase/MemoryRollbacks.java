package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.rollback.Admission;
import dev.portcullis.rollback.rollback.ListPosition;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackFilter;
import dev.portcullis.rollback.rollback.Rollbacks;
import dev.portcullis.rollback.rollback.StaleRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One rollback and all its versions, in memory. */
final class MemoryRollbacks implements Rollbacks {
    final List<Rollback> versions = new ArrayList<>();

    Rollback latest() {
        return versions.getLast();
    }

    @Override
    public Admission admit(Rollback planned) {
        versions.add(planned);
        return new Admission.Admitted(planned);
    }

    @Override
    public void replace(Rollback next) {
        if (next.life().version() != latest().life().version() + 1) {
            throw new StaleRollbackException(next);
        }
        versions.add(next);
    }

    @Override
    public Optional<Rollback> find(UUID id) {
        return versions.stream().filter(rollback -> rollback.id().equals(id)).reduce((first, last) -> last);
    }

    @Override
    public Optional<Rollback> findByRequest(UUID requestId) {
        return Optional.empty();
    }

    @Override
    public List<Rollback> list(RollbackFilter filter, Optional<ListPosition> after, int limit) {
        return List.of();
    }

    @Override
    public List<UUID> active() {
        return List.of();
    }
}
