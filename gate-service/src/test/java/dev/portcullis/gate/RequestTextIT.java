package dev.portcullis.gate;

import com.google.protobuf.Message;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.RequestTextContract;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.ApproveReleaseRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.RetryReleaseRequest;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import dev.portcullis.proto.gate.v1.WithdrawApprovalRequest;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The texts of requests to gate-service. */
final class RequestTextIT extends RequestTextContract {
    private static final String NOBODY = "services/checkout/releases/" + UUID.randomUUID();
    private static final Map<String, Message> SAMPLES = Map.ofEntries(
            Map.entry(
                    "EvaluateGate",
                    EvaluateGateRequest.newBuilder()
                            .setService("checkout")
                            .setRollout("sample")
                            .setCanary("sample")
                            .build()),
            Map.entry(
                    "GetRelease", GetReleaseRequest.newBuilder().setName(NOBODY).build()),
            Map.entry("ListReleases", ListReleasesRequest.getDefaultInstance()),
            Map.entry(
                    "WatchRelease",
                    WatchReleaseRequest.newBuilder().setName(NOBODY).build()),
            Map.entry(
                    "PromoteRelease",
                    PromoteReleaseRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build()),
            Map.entry(
                    "AbortRelease",
                    AbortReleaseRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build()),
            Map.entry(
                    "WithdrawApproval",
                    WithdrawApprovalRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build()),
            Map.entry(
                    "ApproveRelease",
                    ApproveReleaseRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build()),
            Map.entry(
                    "RetryRelease",
                    RetryReleaseRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build()),
            Map.entry(
                    "GetDecision",
                    GetDecisionRequest.newBuilder()
                            .setName(NOBODY + "/decisions/" + UUID.randomUUID())
                            .build()),
            Map.entry(
                    "ListDecisions",
                    ListDecisionsRequest.newBuilder().setParent(NOBODY).build()));

    private static final AtomicInteger CANARIES = new AtomicInteger();

    private GateUnderTest gate;

    RequestTextIT() {
        super(GateServiceGrpc.getServiceDescriptor(), SAMPLES);
    }

    @Override
    protected Channel open(Path folder) {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder);
        return gate.grpc().getChannel();
    }

    @Override
    protected void close() {
        gate.close();
    }

    @Override
    protected String sendText(String text) {
        var release = evaluate("text" + CANARIES.incrementAndGet());
        return gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason(text)
                        .build())
                .getLatestDecision()
                .getComment();
    }

    @Override
    protected void sendName(String name) {
        evaluate(name);
    }

    /** Each canary in a rollout of its own, for a newer release would end the older. */
    private String evaluate(String canary) {
        return gate.grpc()
                .evaluateGate(EvaluateGateRequest.newBuilder()
                        .setService("checkout")
                        .setRollout(canary)
                        .setCanary(canary)
                        .setStable("stable1")
                        .build())
                .getRelease()
                .getName();
    }

    @Override
    protected void list(int pageSize, String pageToken) {
        gate.grpc()
                .listReleases(ListReleasesRequest.newBuilder()
                        .setPageSize(pageSize)
                        .setPageToken(pageToken)
                        .build());
    }
}
