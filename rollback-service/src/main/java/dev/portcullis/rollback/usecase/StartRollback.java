package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Admission.Admitted;
import dev.portcullis.rollback.lifecycle.Admission.ServiceBusy;
import dev.portcullis.rollback.lifecycle.Admission.TargetBusy;
import dev.portcullis.rollback.lifecycle.Admission.TokenKnown;
import dev.portcullis.rollback.lifecycle.Preparation;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.RefusedException;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackQueue;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** The second click, alone or with the first: writes a prepared rollback down and hands it to durable execution. Thread-safe. */
public final class StartRollback {
    private final PrepareRollback prepare;
    private final Rollbacks rollbacks;
    private final Preparations preparations;
    private final RollbackQueue queue;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public StartRollback(
            PrepareRollback prepare,
            Rollbacks rollbacks,
            Preparations preparations,
            RollbackQueue queue,
            Clock clock,
            Supplier<UUID> ids) {
        this.prepare = prepare;
        this.rollbacks = rollbacks;
        this.preparations = preparations;
        this.queue = queue;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Starts the rollback prepared under a token, or answers the one the same call has started before. Does nothing to a target itself.
     *
     * @param requestId a call that is repeated is known by it; empty when the caller has none
     * @param caller who starts it, as told
     * @param traceparent the caller's trace context, which every later step continues; empty when there is none
     * @throws RefusedException when it may not be started; nothing was done then
     */
    public Rollback start(UUID token, String requestId, String caller, String traceparent) {
        var earlier = rollbacks.findByToken(token);
        if (earlier.isPresent()) {
            return sameCall(earlier.get(), requestId, caller);
        }
        var preparation = preparations.find(token).orElseThrow(() -> RefusedException.unknownToken(token));
        if (preparation.expired(now())) {
            throw RefusedException.expired(token, preparation.expireTime());
        }
        return admit(preparation, new RollbackOrigin(token, requestId, caller, preparation.mode(), traceparent));
    }

    /**
     * Prepares a rollback and starts it, or answers the one the same order has started before.
     *
     * @param id of the order; the token of its rollback, so that it starts one however often it is sent
     * @param traceparent as in {@link #start}
     * @throws RefusedException when it may not be started; nothing was done then
     */
    public Rollback order(UUID id, PrepareRollback.Request request, String traceparent) {
        var earlier = rollbacks.findByToken(id);
        if (earlier.isPresent()) {
            return sameCall(earlier.get(), id.toString(), request.caller());
        }
        var origin = new RollbackOrigin(id, id.toString(), request.caller(), request.mode(), traceparent);
        return admit(prepare.pinned(request, id), origin);
    }

    private Rollback admit(Preparation preparation, RollbackOrigin origin) {
        return admit(Rollback.planned(ids.get(), origin, preparation.order(), preparation.plan(), now()));
    }

    /** The database keeps microseconds: what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Rollback admit(Rollback planned) {
        return switch (rollbacks.admit(planned)) {
            case Admitted admitted -> {
                queue.enqueue(admitted.rollback().id());
                yield admitted.rollback();
            }
            case TokenKnown known ->
                sameCall(
                        known.existing(),
                        planned.origin().requestId(),
                        planned.origin().caller());
            case ServiceBusy busy -> throw RefusedException.inTheWay(busy);
            case TargetBusy busy -> throw RefusedException.inTheWay(busy);
        };
    }

    private static Rollback sameCall(Rollback existing, String requestId, String caller) {
        var origin = existing.origin();
        if (!origin.requestId().equals(requestId) || !origin.caller().equals(caller)) {
            throw RefusedException.used(existing);
        }
        return existing;
    }
}
