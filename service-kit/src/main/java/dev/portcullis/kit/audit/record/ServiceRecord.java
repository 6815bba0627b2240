package dev.portcullis.kit.audit.record;

import dev.portcullis.kit.audit.AuditAction;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntries;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.lifecycle.BackgroundWork;
import dev.portcullis.kit.lifecycle.PeriodicWork;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in the audit log that a service begins to work and ends, and meanwhile, every second, the calls it has refused and what its configuration has become. */
public final class ServiceRecord implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRecord.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final AuditEntries entries;
    private final String service;
    private final ConfigurationEntries configuration;
    private final RefusedCallEntries refused;
    private final Clock clock;
    private final PeriodicWork writes = new PeriodicWork(Thread.ofVirtual().name("service-record"), EVERY, this::write);

    /** @param service its short name, e.g. "gate" */
    public ServiceRecord(
            AuditEntries entries,
            String service,
            ConfigurationEntries configuration,
            RefusedCallEntries refused,
            Clock clock) {
        this.entries = entries;
        this.service = service;
        this.configuration = configuration;
        this.refused = refused;
        this.clock = clock;
    }

    /** Records the start; what the store throws passes on, and the service does not start. */
    @Override
    public void start() {
        entries.record(entry(AuditAction.START_SERVICE, Map.of("configuration", configuration.inUse())));
        writes.start();
    }

    private void write() {
        attempt(configuration::write);
        attempt(refused::write);
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("the audit log could not be written, and is written when it can be: {}", e.getMessage());
        }
    }

    /** Records the end, if the store still lets it: a service ends in any case, and one that was killed has no such entry. */
    @Override
    public void stop() {
        writes.stop();
        attempt(configuration::write);
        attempt(refused::writeAll);
        attempt(() -> entries.record(entry(AuditAction.STOP_SERVICE, Map.of())));
    }

    private AuditEntry entry(AuditAction action, Map<String, ?> more) {
        return new AuditEntry(
                clock.instant(),
                action,
                AuditActor.service(service),
                Optional.empty(),
                Optional.empty(),
                AuditEntry.Outcome.SUCCESS,
                "",
                more);
    }
}
