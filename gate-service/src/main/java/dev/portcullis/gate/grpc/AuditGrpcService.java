package dev.portcullis.gate.grpc;

import dev.portcullis.gate.audit.AuditSigner;
import dev.portcullis.gate.audit.AuditSigning;
import dev.portcullis.gate.audit.RecordedEntry;
import dev.portcullis.gate.usecase.Page;
import dev.portcullis.gate.usecase.ReadAuditLog;
import dev.portcullis.gate.usecase.VerifyAuditLog;
import dev.portcullis.kit.audit.AuditActor;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.Answers;
import dev.portcullis.kit.rpc.CallCaller;
import dev.portcullis.kit.rpc.PageTokens;
import dev.portcullis.kit.rpc.ProtoTimes;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.transparency.SignedNote;
import dev.portcullis.kit.transparency.TlogProof;
import dev.portcullis.kit.transparency.VerifierKey;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditFault;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import dev.portcullis.proto.gate.v1.ListAuditEntriesResponse;
import dev.portcullis.proto.gate.v1.VerifyAuditLogRequest;
import dev.portcullis.proto.gate.v1.VerifyAuditLogResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** AuditService over gRPC. Thread-safe. */
public final class AuditGrpcService extends AuditServiceGrpc.AuditServiceImplBase {
    private final ReadAuditLog readAuditLog;
    private final VerifyAuditLog verifyAuditLog;
    private final AuditSigning signing;
    private final DomainErrors errors;

    public AuditGrpcService(
            ReadAuditLog readAuditLog, VerifyAuditLog verifyAuditLog, AuditSigning signing, DeletedRecords deleted) {
        this.readAuditLog = readAuditLog;
        this.verifyAuditLog = verifyAuditLog;
        this.signing = signing;
        this.errors = new DomainErrors(deleted);
    }

    @Override
    public void listAuditEntries(ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> observer) {
        Answers.unary(observer, () -> errors.mapped(() -> list(request)));
    }

    private ListAuditEntriesResponse list(ListAuditEntriesRequest request) {
        var filter = AuditFields.filter(request);
        var tokens = PageTokens.under(filter);
        var before = tokens.number(request.getPageToken());
        var size = RequestFields.pageSize(request.getPageSize());
        // Before the entries are read, so that no entry under it is missing among them.
        var checkpoint = request.getProofs() ? checkpoint(request) : Optional.<SignedNote>empty();
        var page = readAuditLog.list(filter, before, size, AuditActor.of(CallCaller.current()));
        var response = ListAuditEntriesResponse.newBuilder();
        page.next().ifPresent(number -> response.setNextPageToken(tokens.of(number)));
        var proofs = checkpoint
                .map(under -> readAuditLog.proofs(under, page.items()))
                .orElse(List.of());
        addEntries(response, page, proofs);
        return response.build();
    }

    private Optional<SignedNote> checkpoint(ListAuditEntriesRequest request) {
        var size = request.getTreeSize();
        if (size == 0) {
            return request.getWitnessed() ? witnessedCheckpoint() : readAuditLog.checkpoint();
        }
        var found = readAuditLog.checkpoint(size);
        if (found.isEmpty()) {
            throw RequestFields.invalid("tree_size", "is " + size + ", and there is no checkpoint of so many entries");
        }
        return found;
    }

    private Optional<SignedNote> witnessedCheckpoint() {
        var found = readAuditLog.witnessedCheckpoint();
        if (found.isEmpty()) {
            throw RequestFields.invalid(
                    "witnessed",
                    "is true, but no checkpoint is cosigned by all witnesses: none is configured, or one does not answer");
        }
        return found;
    }

    private static void addEntries(
            ListAuditEntriesResponse.Builder response, Page<RecordedEntry> page, List<Optional<TlogProof>> proofs) {
        for (var i = 0; i < page.items().size(); i++) {
            var recorded = page.items().get(i);
            var entry = AuditEntry.newBuilder()
                    .setRecordTime(ProtoTimes.timestamp(recorded.recorded()))
                    .setBody(recorded.body());
            recorded.index().ifPresent(entry::setIndex);
            if (!proofs.isEmpty()) {
                proofs.get(i).map(TlogProof::text).ifPresent(entry::setProof);
            }
            response.addEntries(entry);
        }
    }

    @Override
    public void verifyAuditLog(VerifyAuditLogRequest request, StreamObserver<VerifyAuditLogResponse> observer) {
        Answers.unary(observer, () -> errors.mapped(this::verify));
    }

    private VerifyAuditLogResponse verify() {
        var verification = verifyAuditLog.verify();
        var response = VerifyAuditLogResponse.newBuilder()
                .setSize(verification.size())
                .setSignedSize(verification.signedSize());
        verification
                .faults()
                .forEach(fault -> response.addFaults(AuditFault.newBuilder()
                        .setKind(AuditFault.Kind.valueOf(fault.kind().name()))
                        .setDetail(fault.detail())));
        signing.signer().map(AuditSigner::verifiers).orElse(List.of()).stream()
                .map(VerifierKey::text)
                .forEach(response::addVerifierKeys);
        return response.build();
    }
}
