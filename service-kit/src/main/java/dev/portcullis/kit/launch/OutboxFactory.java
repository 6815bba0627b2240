package dev.portcullis.kit.launch;

import dev.portcullis.kit.audit.AuditSurroundings;
import dev.portcullis.kit.audit.grpc.AuditOutboxGrpc;
import dev.portcullis.kit.audit.store.AuditBacklog;
import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.audit.store.AuditRecorder;
import dev.portcullis.kit.configuration.LiveConfiguration;
import dev.portcullis.kit.database.Database;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.RequestSource;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.kit.telemetry.TraceLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The objects by which every service but gate-service, which keeps the audit log itself, tells it what was done. */
@Factory
@Requires(property = "portcullis.service", notEquals = "gate")
final class OutboxFactory {
    @Singleton
    AuditRecorder auditRecorder(
            @Property(name = "portcullis.service") String service,
            List<LiveConfiguration<?>> configurations,
            MeterRegistry meters) {
        return new AuditRecorder(
                service,
                AuditOutbox::add,
                () -> new AuditSurroundings(
                        RequestSource.current().map(RequestSource::json).orElse(Map.of("interface", "INTERNAL")),
                        configurations.stream()
                                .findFirst()
                                .map(LiveConfiguration::generation)
                                .orElse(""),
                        TraceLink.currentTraceId(),
                        ServiceLauncher.VERSION),
                CallCaller::current,
                meters);
    }

    /** What gate-service asks for every second belongs to no trace. */
    @Singleton
    AuditOutbox auditOutbox(Database database, AuditRecorder recorder) {
        return new AuditOutbox(Jdbi.create(database.untraced()), recorder, UUID::randomUUID);
    }

    @Singleton
    AuditBacklog auditBacklog(AuditOutbox outbox, MeterRegistry meters) {
        return new AuditBacklog(outbox, meters);
    }

    @Singleton
    AuditOutboxGrpc auditOutboxGrpc(AuditOutbox outbox) {
        return new AuditOutboxGrpc(outbox);
    }

    @Singleton
    RpcAccess auditOutboxAccess() {
        return AuditOutboxGrpc.ACCESS;
    }
}
