package dev.portcullis.kit.audit.store;

import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.audit.AuditEntry;
import dev.portcullis.kit.audit.AuditSurroundings;
import dev.portcullis.kit.identity.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Adds entries to the audit log inside the transaction of what they tell: one is not without the other. Thread-safe. */
public final class AuditRecorder {
    /** Where the rows are. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Adds one.
         *
         * @param body canonical JSON in UTF-8
         */
        void add(Handle handle, byte[] body);
    }

    private final String service;
    private final Rows rows;
    private final Supplier<AuditSurroundings> surroundings;
    private final Supplier<Caller> caller;
    private final Counter written;
    private final Counter failed;

    /**
     * Made once per process.
     *
     * @param service short name of the service that records, e.g. "gate"
     * @param surroundings of the present work
     * @param caller whom it is done for
     */
    public AuditRecorder(
            String service,
            Rows rows,
            Supplier<AuditSurroundings> surroundings,
            Supplier<Caller> caller,
            MeterRegistry meters) {
        this.service = service;
        this.rows = rows;
        this.surroundings = surroundings;
        this.caller = caller;
        this.written = entries(meters, "WRITTEN");
        this.failed = entries(meters, "FAILED");
    }

    private static Counter entries(MeterRegistry meters, String outcome) {
        return Counter.builder("portcullis.audit.entries")
                .description(
                        "Entries of the audit log that were written, or could not be, so that what they tell was not done")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Whoever calls now. */
    public AuditActor actor() {
        return AuditActor.of(caller.get());
    }

    /** Who is called that in a record of the present work: the service itself, or whoever calls. */
    public AuditActor actor(String name) {
        return name.equals(service) ? AuditActor.service(service) : AuditActor.of(caller.get(), name);
    }

    /** Whoever calls, where callers are known; empty in work that nobody has called for. */
    public Optional<Caller> knownCaller() {
        return Optional.of(caller.get()).filter(known -> known.kind() != Caller.Kind.LOCAL);
    }

    /** Adds an entry in a transaction; what it throws has to undo that. */
    public void record(Handle handle, AuditEntry entry) {
        try {
            rows.add(handle, entry.body(surroundings.get()));
            written.increment();
        } catch (RuntimeException e) {
            failed.increment();
            throw e;
        }
    }
}
