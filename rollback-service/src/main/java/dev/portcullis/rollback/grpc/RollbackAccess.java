package dev.portcullis.rollback.grpc;

import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import dev.portcullis.rollback.lifecycle.Preparations;
import dev.portcullis.rollback.lifecycle.Rollbacks;
import java.util.Optional;
import java.util.UUID;

/** What the rpcs of rollback-service need of their callers. */
public final class RollbackAccess {
    private final Rollbacks rollbacks;
    private final Preparations preparations;
    private final DomainErrors errors;

    private RollbackAccess(Rollbacks rollbacks, Preparations preparations, DeletedRecords deleted) {
        this.rollbacks = rollbacks;
        this.preparations = preparations;
        this.errors = new DomainErrors(deleted);
    }

    /** The list. */
    public static RpcAccess of(Rollbacks rollbacks, Preparations preparations, DeletedRecords deleted) {
        var access = new RollbackAccess(rollbacks, preparations, deleted);
        return RpcAccess.NONE
                .with(
                        RollbackServiceGrpc.getPrepareRollbackMethod(),
                        request -> Requirement.of(Role.OPERATOR, request.getService()))
                .with(
                        RollbackServiceGrpc.getStartRollbackMethod(),
                        request -> Requirement.found(Role.OPERATOR, () -> access.prepared(request.getToken())))
                .with(
                        RollbackServiceGrpc.getOrderRollbackMethod(),
                        request -> Requirement.of(
                                Role.OPERATOR, request.getPreparation().getService()))
                .with(
                        RollbackServiceGrpc.getGetRollbackMethod(),
                        request -> access.named(Role.VIEWER, request.getName()))
                .with(
                        RollbackServiceGrpc.getListRollbacksMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()))
                .with(
                        RollbackServiceGrpc.getWatchRollbackMethod(),
                        request -> access.named(Role.VIEWER, request.getName()))
                .with(
                        RollbackServiceGrpc.getCancelRollbackMethod(),
                        request -> access.named(Role.OPERATOR, request.getName()));
    }

    private Requirement named(Role role, String name) {
        return Requirement.found(
                role,
                () -> errors.translated(() -> {
                    UUID id = RequestFields.id("name", "rollbacks/", name);
                    return rollbacks.find(id).map(rollback -> rollback.order().service());
                }));
    }

    /** The service of what was prepared under a token, or already begun with it. */
    private Optional<String> prepared(String text) {
        return errors.translated(() -> {
            UUID token = RequestFields.uuid("token", text);
            return preparations
                    .find(token)
                    .map(preparation -> preparation.order().service())
                    .or(() -> rollbacks.findByToken(token).map(rollback -> rollback.order()
                            .service()));
        });
    }
}
