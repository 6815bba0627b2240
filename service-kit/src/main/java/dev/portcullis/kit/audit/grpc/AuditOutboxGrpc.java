package dev.portcullis.kit.audit.grpc;

import dev.portcullis.kit.audit.store.AuditOutbox;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.proto.audit.v1.AuditOutboxServiceGrpc;
import dev.portcullis.proto.audit.v1.HandOverEntriesRequest;
import dev.portcullis.proto.audit.v1.HandOverEntriesResponse;
import dev.portcullis.proto.audit.v1.OutboxEntry;
import io.grpc.stub.StreamObserver;

/** Hands entries over to gate-service. Thread-safe. */
public final class AuditOutboxGrpc extends AuditOutboxServiceGrpc.AuditOutboxServiceImplBase {
    /** What its rpc needs of its caller. */
    public static final RpcAccess ACCESS =
            RpcAccess.NONE.with(AuditOutboxServiceGrpc.getHandOverEntriesMethod(), request -> Requirement.PEER);

    private static final int MOST = 100;

    private final AuditOutbox outbox;

    public AuditOutboxGrpc(AuditOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void handOverEntries(HandOverEntriesRequest request, StreamObserver<HandOverEntriesResponse> observer) {
        Answers.unary(observer, () -> answer(request));
    }

    private HandOverEntriesResponse answer(HandOverEntriesRequest request) {
        if (request.getRecordedIdsCount() > MOST) {
            throw RequestFields.invalid(
                    "recorded_ids", "has " + request.getRecordedIdsCount() + " ids; legal: up to " + MOST);
        }
        var recorded = request.getRecordedIdsList().stream()
                .map(id -> RequestFields.uuid("recorded_ids", id))
                .toList();
        var response = HandOverEntriesResponse.newBuilder();
        outbox.handOver(recorded, MOST)
                .forEach(entry -> response.addEntries(
                        OutboxEntry.newBuilder().setId(entry.id().toString()).setBody(entry.body())));
        return response.build();
    }
}
