package dev.portcullis.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.GetAnalysisRequest;
import dev.portcullis.proto.gate.v1.Decision;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListDecisionsRequest;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import dev.portcullis.proto.gate.v1.Release;
import dev.portcullis.proto.rollback.v1.ListRollbacksRequest;
import dev.portcullis.proto.rollback.v1.Rollback;
import dev.portcullis.proto.rollback.v1.RollbackServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Questions to a running Portcullis, as its users ask them: HTTP for the gate, gRPC for the rest.
 *
 * @param token what is shown to it; empty where nobody is asked who he is
 */
public record PortcullisClient(int gateHttp, int gateGrpc, int analysisGrpc, int rollbackGrpc, String token) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_PAGE = 200;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** Of one that asks nobody who he is. */
    PortcullisClient(int gateHttp, int gateGrpc, int analysisGrpc, int rollbackGrpc) {
        this(gateHttp, gateGrpc, analysisGrpc, rollbackGrpc, "");
    }

    /** The same questions by somebody who shows a token. */
    PortcullisClient as(String shown) {
        return new PortcullisClient(gateHttp, gateGrpc, analysisGrpc, rollbackGrpc, shown);
    }

    public static PortcullisClient of(AllServices services) {
        return new PortcullisClient(
                services.gate().httpPort(),
                services.gate().grpcPort(),
                services.service("analysis").grpcPort(),
                services.rollback().grpcPort());
    }

    /** GET /v1/argo for the site's canary; fails unless it answers 200. */
    public JsonNode argo(String... headers) {
        var path = "/v1/argo?service=checkout&namespace=shop&rollout=checkout&canary=c1&stable=s1&revision=1&step=1";
        var response = get(gateHttp, path, headers);
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }

    /** The release of the site's canary. The first question to a cold process may take too long to be answered with one: a later one then is. */
    public String argoRelease() {
        return Await.value("a release", Duration.ofMinutes(4), () -> Optional.of(
                        argo().get("release").asText())
                .filter(name -> !name.isEmpty()));
    }

    /** The release of a canary of the service checkout that has no pods, so that nobody but the test decides on it. */
    public Release opened(String canary, boolean dryRun) {
        return opened(EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setRollout(canary)
                .setCanary(canary)
                .setStable("s1")
                .setDryRun(dryRun)
                .build());
    }

    /** The release that a question opens. The first question to a cold process may take too long to be answered with a decision on one: a later one then is. */
    public Release opened(EvaluateGateRequest question) {
        return Await.value("a release", Duration.ofMinutes(4), () -> Optional.of(
                        rpc(gateGrpc, channel -> GateServiceGrpc.newBlockingStub(channel)
                                .evaluateGate(question)
                                .getRelease()))
                .filter(Release::hasLatestDecision));
    }

    HttpResponse<String> get(int port, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer from port " + port + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every release, newest first. */
    public List<Release> releases() {
        var request = ListReleasesRequest.newBuilder().setPageSize(LONGEST_PAGE);
        var releases = new ArrayList<Release>();
        do {
            var page = rpc(gateGrpc, channel -> GateServiceGrpc.newBlockingStub(channel)
                    .listReleases(request.build()));
            releases.addAll(page.getReleasesList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return releases;
    }

    /** Every decision on a release, newest first. */
    public List<Decision> decisions(String release) {
        var request = ListDecisionsRequest.newBuilder().setParent(release).setPageSize(LONGEST_PAGE);
        var decisions = new ArrayList<Decision>();
        do {
            var page = rpc(gateGrpc, channel -> GateServiceGrpc.newBlockingStub(channel)
                    .listDecisions(request.build()));
            decisions.addAll(page.getDecisionsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return decisions;
    }

    public Release release(String name) {
        return rpc(gateGrpc, channel -> GateServiceGrpc.newBlockingStub(channel)
                .getRelease(GetReleaseRequest.newBuilder().setName(name).build()));
    }

    public Analysis analysis(String name) {
        return rpc(analysisGrpc, channel -> AnalysisServiceGrpc.newBlockingStub(channel)
                .getAnalysis(GetAnalysisRequest.newBuilder()
                        .setName(name)
                        .setIncludeWindows(true)
                        .build()));
    }

    public List<Rollback> rollbacks() {
        return rpc(rollbackGrpc, channel -> RollbackServiceGrpc.newBlockingStub(channel)
                .listRollbacks(ListRollbacksRequest.getDefaultInstance())
                .getRollbacksList());
    }

    private <T> T rpc(int port, Function<Channel, T> call) {
        var channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            var headers = new Metadata();
            if (!token.isEmpty()) {
                headers.put(AUTHORIZATION, "Bearer " + token);
            }
            return call.apply(
                    ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
        } finally {
            channel.shutdownNow();
        }
    }
}
