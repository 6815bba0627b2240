package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.plan.PlanCatalog;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.rollback.Admission.Admitted;
import dev.portcullis.rollback.rollback.Admission.RequestKnown;
import dev.portcullis.rollback.rollback.Admission.ServiceBusy;
import dev.portcullis.rollback.rollback.NoRollbackTargetException;
import dev.portcullis.rollback.rollback.RequestIdReusedException;
import dev.portcullis.rollback.rollback.Rollback;
import dev.portcullis.rollback.rollback.RollbackInProgressException;
import dev.portcullis.rollback.rollback.RollbackQueue;
import dev.portcullis.rollback.rollback.Rollbacks;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes a rollback down and hands it to durable execution. Thread-safe. */
public final class StartRollback {
    private final Rollbacks rollbacks;
    private final PlanCatalog plans;
    private final RollbackQueue queue;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public StartRollback(Rollbacks rollbacks, PlanCatalog plans, RollbackQueue queue, Clock clock, Supplier<UUID> ids) {
        this.rollbacks = rollbacks;
        this.plans = plans;
        this.queue = queue;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Starts a rollback, or answers the one this request id has started before. Does nothing to the target itself.
     *
     * @param traceparent the caller's trace context, which every later step continues; empty when there is none
     * @throws RequestIdReusedException when the id came with another order before
     * @throws NoRollbackTargetException when no policy says how
     * @throws RollbackInProgressException when the service's last rollback has not ended
     */
    public Rollback start(UUID requestId, ReturnOrder order, String traceparent) {
        var earlier = rollbacks.findByRequest(requestId);
        if (earlier.isPresent()) {
            return sameOrder(earlier.get(), order);
        }
        var plan = plans.planOf(order.service()).orElseThrow(() -> new NoRollbackTargetException(order.service()));
        // The database keeps microseconds: what is answered now is what is read later.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (rollbacks.admit(Rollback.planned(ids.get(), requestId, order, plan, traceparent, now))) {
            case Admitted admitted -> {
                queue.enqueue(admitted.rollback().id());
                yield admitted.rollback();
            }
            case RequestKnown known -> sameOrder(known.existing(), order);
            case ServiceBusy busy -> throw new RollbackInProgressException(busy.active());
        };
    }

    private static Rollback sameOrder(Rollback existing, ReturnOrder order) {
        if (!existing.order().equals(order)) {
            throw new RequestIdReusedException(existing.requestId(), existing.name());
        }
        return existing;
    }
}
