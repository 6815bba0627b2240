package dev.portcullis.analysis.grpc;

import dev.portcullis.analysis.run.AnalysisRuns;
import dev.portcullis.kit.identity.Requirement;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.retention.DeletedRecords;
import dev.portcullis.kit.rpc.RequestFields;
import dev.portcullis.kit.rpc.RpcAccess;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;

/** What the rpcs of analysis-service need of their callers. */
public final class AnalysisAccess {
    private final AnalysisRuns runs;
    private final DomainErrors errors;

    private AnalysisAccess(AnalysisRuns runs, DeletedRecords deleted) {
        this.runs = runs;
        this.errors = new DomainErrors(deleted);
    }

    /** The list. */
    public static RpcAccess of(AnalysisRuns runs, DeletedRecords deleted) {
        var access = new AnalysisAccess(runs, deleted);
        return RpcAccess.NONE
                .with(
                        AnalysisServiceGrpc.getStartAnalysisMethod(),
                        request -> Requirement.of(Role.DEPLOYER, request.getService()))
                .with(
                        AnalysisServiceGrpc.getGetAnalysisMethod(),
                        request -> access.named(
                                request.getExtendRetention() ? Role.DEPLOYER : Role.VIEWER, request.getName()))
                .with(
                        AnalysisServiceGrpc.getListAnalysesMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()))
                .with(
                        AnalysisServiceGrpc.getWatchAnalysisMethod(),
                        request -> access.named(Role.VIEWER, request.getName()))
                .with(AnalysisServiceGrpc.getWatchVerdictsMethod(), request -> Requirement.everywhere(Role.VIEWER))
                .with(AnalysisServiceGrpc.getWatchAnalysesMethod(), request -> Requirement.everywhere(Role.VIEWER))
                .with(
                        AnalysisServiceGrpc.getCancelAnalysisMethod(),
                        request -> access.named(Role.OPERATOR, request.getName()))
                .with(AnalysisServiceGrpc.getScoreCountsMethod(), request -> Requirement.somewhere(Role.VIEWER))
                .with(
                        AnalysisServiceGrpc.getGetErrorBudgetMethod(),
                        request -> Requirement.of(Role.VIEWER, request.getService()));
    }

    private Requirement named(Role role, String name) {
        return Requirement.found(
                role,
                () -> errors.mapped(() -> runs.find(RequestFields.id("name", AnalysisMapper.PREFIX, name))
                        .map(run -> run.plan().objectives().service())));
    }
}
