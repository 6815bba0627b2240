package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.lifecycle.Admission.Admitted;
import dev.portcullis.rollback.lifecycle.Admission.ServiceBusy;
import dev.portcullis.rollback.lifecycle.Admission.TargetBusy;
import dev.portcullis.rollback.lifecycle.Admission.TokenKnown;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.RefusedException;
import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackOrigin;
import dev.portcullis.rollback.lifecycle.RollbackQueue;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** The second click: writes a prepared rollback down and hands it to durable execution. Thread-safe. */
public final class StartRollback {
    private final Rollbacks rollbacks;
    private final Preparations preparations;
    private final RollbackQueue queue;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public StartRollback(
            Rollbacks rollbacks, Preparations preparations, RollbackQueue queue, Clock clock, Supplier<UUID> ids) {
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
        // The database keeps microseconds: what is answered now is what is read later.
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (preparation.expired(now)) {
            throw RefusedException.expired(token, preparation.expireTime());
        }
        var origin = new RollbackOrigin(token, requestId, caller, preparation.mode(), traceparent);
        return admit(Rollback.planned(ids.get(), origin, preparation.order(), preparation.plan(), now));
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
