package dev.portcullis.gate.client;

import dev.portcullis.gate.audit.AuditOutbox;
import dev.portcullis.gate.audit.HandedEntry;
import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.client.Downstream;
import dev.portcullis.proto.audit.v1.AuditOutboxServiceGrpc;
import dev.portcullis.proto.audit.v1.AuditOutboxServiceGrpc.AuditOutboxServiceBlockingStub;
import dev.portcullis.proto.audit.v1.HandOverEntriesRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What another service has to tell the audit log, over gRPC. Thread-safe. */
public final class GrpcAuditOutbox implements AuditOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcAuditOutbox.class);
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final AuditOutboxServiceBlockingStub stub;

    /** @param channel by {@link #downstream} */
    public GrpcAuditOutbox(Channel channel) {
        stub = AuditOutboxServiceGrpc.newBlockingStub(channel);
    }

    /**
     * The service as its outbox is read; with a circuit breaker of its own.
     *
     * @param service its short name, e.g. "analysis"
     */
    public static Downstream downstream(String service, String address) {
        return new Downstream(
                service + "-audit", address, DEADLINE, AuditOutboxServiceGrpc.SERVICE_NAME, Set.of("HandOverEntries"));
    }

    @Override
    public List<HandedEntry> handOver(List<UUID> recorded) {
        var request = HandOverEntriesRequest.newBuilder()
                .addAllRecordedIds(recorded.stream().map(UUID::toString).toList())
                .build();
        try {
            return stub.handOverEntries(request).getEntriesList().stream()
                    .map(entry -> new HandedEntry(UUID.fromString(entry.getId()), entry.getBody()))
                    .toList();
        } catch (StatusRuntimeException e) {
            LOG.debug("what a service has to tell the audit log waits there: {}", CallFaults.inOneLine(e));
            return List.of();
        }
    }
}
