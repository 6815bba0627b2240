package dev.portcullis.kit.audit.store;

import dev.portcullis.kit.audit.store.AuditOutbox.Backlog;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits in an outbox, looked up every few seconds so that a scrape waits for no database: {@code portcullis_audit_waiting_entries} and {@code
 * portcullis_audit_waiting_seconds}. Not a number while the database cannot be asked. Thread-safe.
 */
public final class AuditBacklog implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(AuditBacklog.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final AuditOutbox outbox;
    private final PeriodicWork looks = new PeriodicWork(Thread.ofVirtual().name("audit-backlog"), EVERY, this::look);
    private volatile Optional<Backlog> latest = Optional.empty();

    public AuditBacklog(AuditOutbox outbox, MeterRegistry meters) {
        this.outbox = outbox;
        Gauge.builder("portcullis.audit.waiting.entries", this, of(Backlog::entries))
                .description("Entries of the audit log that gate-service has not fetched yet")
                .register(meters);
        Gauge.builder(
                        "portcullis.audit.waiting.seconds",
                        this,
                        of(seen -> seen.age().toMillis() / 1e3))
                .description("Time since the oldest of them was written; 0 when there is none")
                .register(meters);
    }

    private static ToDoubleFunction<AuditBacklog> of(ToDoubleFunction<Backlog> figure) {
        return backlog -> backlog.latest.map(figure::applyAsDouble).orElse(Double.NaN);
    }

    /** As it was seen last; empty while the database cannot be asked. */
    public Optional<Backlog> latest() {
        return latest;
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop();
    }

    private void look() {
        try {
            latest = Optional.of(outbox.backlog());
        } catch (RuntimeException e) {
            latest = Optional.empty();
            LOG.debug("the outbox of the audit log could not be looked into: {}", e.getMessage());
        }
    }
}
