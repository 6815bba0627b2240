package dev.portcullis.gate.usecase;

import dev.portcullis.gate.rollback.OrderOutcome;
import dev.portcullis.gate.rollback.RollbackOrder;
import dev.portcullis.gate.rollback.RollbackOrders;
import dev.portcullis.gate.rollback.Rollbacks;
import dev.portcullis.gate.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the rollbacks of ABORT decisions started: at once, and again until rollback-service has answered. Thread-safe. */
public final class StartRollbacks {
    /** Time between two tries of one order; longer than a try, so that a try under way is not repeated. */
    public static final Duration RETRY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StartRollbacks.class);
    private static final int BATCH = 50;

    private final RollbackOrders orders;
    private final Rollbacks rollbacks;
    private final Traces traces;
    private final Clock clock;

    public StartRollbacks(RollbackOrders orders, Rollbacks rollbacks, Traces traces, Clock clock) {
        this.orders = orders;
        this.rollbacks = rollbacks;
        this.traces = traces;
        this.clock = clock;
    }

    /** Starts one rollback, as a part of the trace of its decision. */
    public void start(RollbackOrder order) {
        if (!order.possible()) {
            return;
        }
        traces.continuing(order.traceparent(), "start rollback", () -> {
            var outcome = rollbacks.start(order);
            LOG.info("rollback of {} to {}: {}", order.release(), order.to(), outcome);
            orders.settle(order, outcome);
            return outcome instanceof OrderOutcome.Started;
        });
    }

    /** Tries pending orders again that are due. */
    public void retryDue() {
        var now = clock.instant();
        orders.take(now, now.plus(RETRY), BATCH).forEach(this::start);
    }
}
