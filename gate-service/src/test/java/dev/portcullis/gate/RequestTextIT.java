package dev.portcullis.gate;

import com.google.protobuf.Message;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.RequestTextContract;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GetDecisionRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.gate.v1.WatchReleaseRequest;
import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The texts of requests to gate-service. */
final class RequestTextIT extends RequestTextContract {
    private static final String NOBODY = "services/checkout/releases/" + UUID.randomUUID();
    private static final Map<String, Message> SAMPLES = Map.of(
            "EvaluateGate",
                    EvaluateGateRequest.newBuilder()
                            .setService("checkout")
                            .setRollout("sample")
                            .setCanary("sample")
                            .build(),
            "GetRelease", GetReleaseRequest.newBuilder().setName(NOBODY).build(),
            "ListReleases", ListReleasesRequest.getDefaultInstance(),
            "WatchRelease", WatchReleaseRequest.newBuilder().setName(NOBODY).build(),
            "PromoteRelease",
                    PromoteReleaseRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build(),
            "AbortRelease",
                    AbortReleaseRequest.newBuilder()
                            .setName(NOBODY)
                            .setReason("why")
                            .build(),
            "GetDecision",
                    GetDecisionRequest.newBuilder()
                            .setName(NOBODY + "/decisions/" + UUID.randomUUID())
                            .build(),
            "ListDecisions", ListDecisionsRequest.newBuilder().setParent(NOBODY).build());

    private static final AtomicInteger CANARIES = new AtomicInteger();

    private static GateUnderTest gate;

    @BeforeAll
    static void start(@TempDir Path folder) {
        GateUnderTest.policy(folder, "checkout", "");
        gate = new GateUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Override
    protected Channel channel() {
        return gate.grpc().getChannel();
    }

    @Override
    protected ServiceDescriptor service() {
        return GateServiceGrpc.getServiceDescriptor();
    }

    @Override
    protected byte[] sample(String method) {
        return SAMPLES.get(method).toByteArray();
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
    private static String evaluate(String canary) {
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
