package dev.portcullis.gate.grpc;

import dev.portcullis.gate.hold.PromotionHold;
import dev.portcullis.gate.hold.PromotionHolds;
import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.PromotionHoldServiceGrpc;
import java.util.Optional;

/** What the rpcs of gate-service need of their callers; names of releases and decisions have their service in them. */
public final class GateAccess {
    private GateAccess() {}

    /**
     * The list.
     *
     * @param holds what the services of a hold are found in
     */
    public static RpcAccess rpcs(PromotionHolds holds, DeletedRecords deleted) {
        return RpcAccess.NONE
                .with(
                        GateServiceGrpc.getEvaluateGateMethod(),
                        request -> Requirement.of(Role.DEPLOYER, request.getService()))
                .with(GateServiceGrpc.getGetReleaseMethod(), request -> release(Role.VIEWER, request.getName()))
                .with(
                        GateServiceGrpc.getListReleasesMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()))
                .with(GateServiceGrpc.getWatchReleaseMethod(), request -> release(Role.VIEWER, request.getName()))
                .with(
                        GateServiceGrpc.getPromoteReleaseMethod(),
                        request -> release(request.getAgainstFail() ? Role.ADMIN : Role.OPERATOR, request.getName()))
                .with(GateServiceGrpc.getAbortReleaseMethod(), request -> release(Role.OPERATOR, request.getName()))
                .with(GateServiceGrpc.getApproveReleaseMethod(), request -> release(Role.APPROVER, request.getName()))
                .with(GateServiceGrpc.getWithdrawApprovalMethod(), request -> release(Role.APPROVER, request.getName()))
                .with(GateServiceGrpc.getRetryReleaseMethod(), request -> release(Role.OPERATOR, request.getName()))
                .with(
                        GateServiceGrpc.getGetDecisionMethod(),
                        request -> named(Role.VIEWER, ResourceName.ofDecision(request.getName())))
                .with(GateServiceGrpc.getListDecisionsMethod(), request -> release(Role.VIEWER, request.getParent()))
                .with(
                        AuditServiceGrpc.getListAuditEntriesMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()))
                .with(AuditServiceGrpc.getVerifyAuditLogMethod(), request -> Requirement.everywhere(Role.VIEWER))
                .and(tokens())
                .and(holds(holds, new DomainErrors(deleted)));
    }

    /** Who has tokens is told to nobody who could not make them. */
    private static RpcAccess tokens() {
        return RpcAccess.NONE
                .with(AccessServiceGrpc.getCreateTokenMethod(), request -> Requirement.everywhere(Role.ADMIN))
                .with(AccessServiceGrpc.getListTokensMethod(), request -> Requirement.everywhere(Role.ADMIN))
                .with(AccessServiceGrpc.getRevokeTokenMethod(), request -> Requirement.everywhere(Role.ADMIN))
                .with(AccessServiceGrpc.getListGoodTokensMethod(), request -> Requirement.PEER);
    }

    /** Whoever releases may hold what he releases; who lets go what others hold has to be an operator. */
    private static RpcAccess holds(PromotionHolds holds, DomainErrors errors) {
        return RpcAccess.NONE
                .with(
                        PromotionHoldServiceGrpc.getHoldPromotionsMethod(),
                        request -> Requirement.ofAll(Role.OPERATOR, request.getServicesList()))
                .with(
                        PromotionHoldServiceGrpc.getHoldReleaseMethod(),
                        request -> release(Role.DEPLOYER, request.getName()))
                .with(
                        PromotionHoldServiceGrpc.getResumePromotionsMethod(),
                        request -> Requirement.allFound(
                                Role.OPERATOR,
                                () -> errors.mapped(() -> holds.find(
                                                RequestFields.id("name", PromotionHold.PREFIX, request.getName()))
                                        .map(PromotionHold::services))))
                .with(
                        PromotionHoldServiceGrpc.getListHoldsMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()));
    }

    private static Requirement release(Role role, String name) {
        return named(role, ResourceName.ofRelease(name));
    }

    private static Requirement named(Role role, Optional<ResourceName> name) {
        return Requirement.found(role, () -> name.map(ResourceName::service));
    }
}
