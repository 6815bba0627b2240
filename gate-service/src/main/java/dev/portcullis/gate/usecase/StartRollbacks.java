package dev.portcullis.gate.usecase;

import dev.portcullis.gate.release.ReleaseEvents;
import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.gate.rollback.OrderPreparation;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.RollbackOrders;
import dev.portcullis.gate.rollback.Rollbacks;
import dev.portcullis.gate.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Has the rollbacks of ABORT decisions started: at once, and again until rollback-service has answered. Thread-safe. */
public final class StartRollbacks {
    /** Time after which a try nobody has heard of is repeated; a try still under way then is no harm, for both use the same token. */
    private static final Duration TRY = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StartRollbacks.class);
    private static final int BATCH = 50;

    private final RollbackOrders orders;
    private final Rollbacks rollbacks;
    private final Traces traces;
    private final Clock clock;
    private final ReleaseEvents events;
    private final Executor background;

    /** @param background a thread per task */
    public StartRollbacks(
            RollbackOrders orders,
            Rollbacks rollbacks,
            Traces traces,
            Clock clock,
            ReleaseEvents events,
            Executor background) {
        this.orders = orders;
        this.rollbacks = rollbacks;
        this.traces = traces;
        this.clock = clock;
        this.events = events;
        this.background = background;
    }

    /** Starts one rollback, as a part of the trace of its decision. */
    public void start(RollbackOrder order) {
        if (!order.possible()) {
            events.ordered(new OrderOutcome.Refused("there is no revision to return to"));
            return;
        }
        traces.continuing(order.traceparent(), "start rollback", () -> {
            var outcome = carriedOut(order);
            LOG.atLevel(level(outcome)).log("rollback of {} to {}: {}", order.release(), order.to(), outcome.told());
            orders.settle(order, outcome, clock.instant().plus(RETRY));
            events.ordered(outcome);
            return outcome instanceof OrderOutcome.Started;
        });
    }

    /** Of a canary that users still get; a warning that comes again with each try is told once a minute. */
    private static Level level(OrderOutcome outcome) {
        return switch (outcome) {
            case OrderOutcome.Refused ignored -> Level.WARN;
            case OrderOutcome.Postponed ignored -> Level.WARN;
            case OrderOutcome.Started ignored -> Level.INFO;
            case OrderOutcome.Outdated ignored -> Level.INFO;
        };
    }

    private OrderOutcome carriedOut(RollbackOrder order) {
        return order.token().isEmpty()
                ? rollbacks.order(order).orElseGet(() -> preparedAndStarted(order))
                : started(order);
    }

    /** The token is written down before it is used: whatever dies in between, the next try uses the same. */
    private OrderOutcome preparedAndStarted(RollbackOrder order) {
        return switch (rollbacks.prepare(order)) {
            case OrderPreparation.Declined declined -> declined.outcome();
            case OrderPreparation.Prepared prepared -> {
                yield started(order.prepared(orders.keepToken(order, prepared.token())));
            }
        };
    }

    private OrderOutcome started(RollbackOrder order) {
        var outcome = rollbacks.start(order);
        if (outcome instanceof OrderOutcome.Outdated) {
            orders.dropToken(order);
        }
        return outcome;
    }

    /** Tries pending orders again that are due, side by side: one whose target does not answer holds up no other. */
    public void retryDue() {
        var now = clock.instant();
        orders.take(now, now.plus(TRY), BATCH).forEach(this::begin);
    }

    /** Starts one rollback in the background; what goes wrong is logged, and tried again. */
    void begin(RollbackOrder order) {
        background.execute(() -> {
            try {
                start(order);
            } catch (RuntimeException e) {
                LOG.warn("the rollback of {} could not be started and is tried again", order.release(), e);
            }
        });
    }
}
