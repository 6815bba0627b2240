package dev.portcullis.kit.testing;

import dev.portcullis.kit.audit.AuditSurroundings;
import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.rpc.CallCaller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The outbox of a database as a service has it, but for what surrounds a call. */
public final class TestOutbox {
    private TestOutbox() {}

    /** @param service short name of the service */
    public static AuditOutbox of(Database database, String service) {
        var recorder = new AuditRecorder(
                service,
                AuditOutbox::add,
                () -> new AuditSurroundings(Map.of("interface", "INTERNAL"), "hash of the folder", "", "1.2.3"),
                CallCaller::current,
                new SimpleMeterRegistry());
        return new AuditOutbox(Jdbi.create(database.untraced()), recorder, UUID::randomUUID);
    }
}
