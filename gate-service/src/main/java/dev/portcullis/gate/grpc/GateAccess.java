package dev.portcullis.gate.grpc;

import dev.portcullis.gate.release.ResourceName;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.proto.gate.v1.AccessServiceGrpc;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import java.util.Optional;

/** What the rpcs of gate-service need of their callers; names of releases and decisions have their service in them. */
public final class GateAccess {
    private GateAccess() {}

    /** The list. */
    public static RpcAccess rpcs() {
        return RpcAccess.NONE
                .with(
                        GateServiceGrpc.getEvaluateGateMethod(),
                        request -> Requirement.of(Role.DEPLOYER, request.getService()))
                .with(GateServiceGrpc.getGetReleaseMethod(), request -> release(Role.VIEWER, request.getName()))
                .with(
                        GateServiceGrpc.getListReleasesMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()))
                .with(GateServiceGrpc.getWatchReleaseMethod(), request -> release(Role.VIEWER, request.getName()))
                .with(GateServiceGrpc.getPromoteReleaseMethod(), request -> release(Role.OPERATOR, request.getName()))
                .with(GateServiceGrpc.getAbortReleaseMethod(), request -> release(Role.OPERATOR, request.getName()))
                .with(
                        GateServiceGrpc.getGetDecisionMethod(),
                        request -> named(Role.VIEWER, ResourceName.ofDecision(request.getName())))
                .with(GateServiceGrpc.getListDecisionsMethod(), request -> release(Role.VIEWER, request.getParent()))
                .with(
                        AuditServiceGrpc.getListAuditEntriesMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()))
                .with(AuditServiceGrpc.getVerifyAuditLogMethod(), request -> Requirement.everywhere(Role.VIEWER))
                .and(tokens());
    }

    /** Who has tokens is told to nobody who could not make them. */
    private static RpcAccess tokens() {
        return RpcAccess.NONE
                .with(AccessServiceGrpc.getCreateTokenMethod(), request -> Requirement.everywhere(Role.ADMIN))
                .with(AccessServiceGrpc.getListTokensMethod(), request -> Requirement.everywhere(Role.ADMIN))
                .with(AccessServiceGrpc.getRevokeTokenMethod(), request -> Requirement.everywhere(Role.ADMIN))
                .with(AccessServiceGrpc.getListGoodTokensMethod(), request -> Requirement.PEER);
    }

    private static Requirement release(Role role, String name) {
        return named(role, ResourceName.ofRelease(name));
    }

    private static Requirement named(Role role, Optional<ResourceName> name) {
        return Requirement.found(role, () -> name.map(ResourceName::service));
    }
}
