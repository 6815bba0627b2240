package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.identity.Grant;
import dev.portcullis.kit.identity.PeerTokens;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.ServiceGroup;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.rollback.v1.GetRollbackRequest;
import dev.portcullis.proto.rollback.v1.PrepareRollbackRequest;
import dev.portcullis.proto.rollback.v1.RollbackPreparation;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose name a rollback has, and who may order one, from the gate to rollback-service. */
final class IdentityOfRollbacksIT extends IdentitySetup {
    /** Gate and rollback-service are asked by people, and ask each other as themselves. */
    @Test
    void anAbortByAKnownPersonIsRolledBackAcrossTheServices() {
        var release = open("bad");
        stub(OPERATOR)
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("it fails")
                        .build());
        var decided = stub(OPERATOR)
                .listDecisions(
                        ListDecisionsRequest.newBuilder().setParent(release).build())
                .getDecisions(0);
        assertEquals("ann", decided.getActor());
        Await.until("a rollback of the release", LIMIT, () -> stub(OPERATOR)
                .getRelease(GetReleaseRequest.newBuilder().setName(release).build())
                .getRollback()
                .startsWith("rollbacks/"));
        var name = stub(OPERATOR)
                .getRelease(GetReleaseRequest.newBuilder().setName(release).build())
                .getRollback();
        var rollbacks = RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(OPERATOR)));
        assertEquals(
                "ann",
                rollbacks
                        .getRollback(
                                GetRollbackRequest.newBuilder().setName(name).build())
                        .getCaller());
    }

    /** What the gate asks for somebody is looked at again by whom it asks. */
    @Test
    void whoMayNotRollBackMayNotByWayOfTheGateEither() {
        var peers = services.gate().get(PeerTokens.class);
        var service = RollbackServiceGrpc.SERVICE_NAME;
        var request = PrepareRollbackRequest.newBuilder()
                .setService("checkout")
                .setFromRevision("c7")
                .setToRevision("s1")
                .setReason("it fails")
                .setAllowRestored(true);
        for (var grant : List.of(
                new Grant(Role.DEPLOYER, ServiceGroup.ALL),
                new Grant(Role.OPERATOR, new ServiceGroup(List.of("basket"))))) {
            var caller = new Caller(Caller.Kind.TOKEN, "portcullis", "eve", "eve", List.of(grant));
            var refused = assertThrows(StatusRuntimeException.class, () -> prepare(peers.of(service, caller), request));
            assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
            assertEquals("ROLE_MISSING", RpcErrors.reason(refused).orElse(""));
        }
        var operator = new Caller(
                Caller.Kind.TOKEN, "portcullis", "bob", "bob", List.of(new Grant(Role.OPERATOR, ServiceGroup.ALL)));
        assertEquals("bob", prepare(peers.of(service, operator), request).getCaller());
        // And the name is that of the person, whatever the service says.
        var other = assertThrows(
                StatusRuntimeException.class,
                () -> prepare(peers.of(service, operator), request.clone().setCaller("gate-service")));
        assertEquals(Status.Code.INVALID_ARGUMENT, other.getStatus().getCode());
    }

    private RollbackPreparation prepare(String token, PrepareRollbackRequest.Builder request) {
        return RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(token)))
                .prepareRollback(request.build());
    }

    @Test
    void theCallerOnRecordIsTheOneOfTheCredentials() {
        var rollbacks = RollbackServiceGrpc.newBlockingStub(rollback)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(OPERATOR)));
        var request = PrepareRollbackRequest.newBuilder()
                .setService("checkout")
                .setFromRevision("c7")
                .setToRevision("s1")
                .setReason("it fails")
                .setAllowRestored(true);
        assertEquals("ann", rollbacks.prepareRollback(request.build()).getCaller());
        var other = assertThrows(
                StatusRuntimeException.class,
                () -> rollbacks.prepareRollback(request.clone().setCaller("bob").build()));
        assertEquals(Status.Code.INVALID_ARGUMENT, other.getStatus().getCode());
        assertTrue(other.getMessage().contains("'ann'"), other.getMessage());
    }
}
