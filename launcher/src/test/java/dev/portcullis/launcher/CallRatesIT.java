package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.rpc.RpcErrors;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.WatchVerdictsRequest;
import dev.portcullis.proto.analysis.v1.WatchVerdictsResponse;
import dev.portcullis.proto.gate.v1.GateServiceGrpc;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who ask too much, over HTTP and gRPC, and what becomes of the others. */
final class CallRatesIT {
    private static final String MANY = TokenText.random(new SecureRandom());
    private static final String OTHER = TokenText.random(new SecureRandom());
    private static final int CALLS = 1_000;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private AllServices start(Site site, Map<String, Object> settings) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/access.yaml"), """
                apiVersion: portcullis.dev/v1
                kind: Access
                metadata: {name: access}
                spec:
                  tokens:
                  - {name: many, sha256: %s, roles: [operator], services: ['*'], expires: 2099-12-31}
                  - {name: other, sha256: %s, roles: [operator], services: ['*'], expires: 2099-12-31}
                """.formatted(TokenText.sha256(MANY), TokenText.sha256(OTHER)));
        return TestPortcullis.start(site, folder, settings);
    }

    private CompletableFuture<HttpResponse<String>> send(
            int port, String method, String path, String body, String token) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    private List<HttpResponse<String>> burst(int port, String method, String path, String body) {
        var sent = IntStream.range(0, CALLS)
                .mapToObj(i -> send(port, method, path, body, MANY))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static long number(List<HttpResponse<String>> answers, int status, String text) {
        return answers.stream()
                .filter(answer -> answer.statusCode() == status && answer.body().contains(text))
                .count();
    }

    private static Channel with(ManagedChannel channel, String token) {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    @Test
    void aThousandMeasurementsBehindOneTokenAreAllAnswered() throws Exception {
        try (var site = new Site();
                var services = start(site, Map.of())) {
            var port = services.gate().httpPort();
            var answers = burst(port, "GET", "/v1/argo?service=nowhere&canary=c1", "");
            assertEquals(CALLS, number(answers, 200, "UNKNOWN_SERVICE"));
        }
    }

    @Test
    void whoCallsTooOftenIsHeldByTheDoorsOfControllersAndRefusedByTheOthers() throws Exception {
        try (var site = new Site();
                var services = start(site, Map.of("portcullis.call-rate", 20))) {
            var port = services.gate().httpPort();
            var argo = burst(port, "GET", "/v1/argo?service=nowhere&canary=c1", "");
            var held = number(
                    argo,
                    200,
                    "\"decision\":\"HOLD\",\"verdict\":\"CONTINUE\",\"measuring\":\"UNREACHABLE\",\"reasons\":[\"TOO_MANY_CALLS\"]");
            assertTrue(held > 0, () -> argo.getLast().body());
            assertEquals(CALLS, held + number(argo, 200, "UNKNOWN_SERVICE"));

            // A refusal of this hook is a failed check to Flagger, and enough of them take the canary back.
            var hook = burst(
                    port,
                    "POST",
                    "/v1/flagger/rollout",
                    "{\"name\":\"nowhere\",\"namespace\":\"shop\",\"phase\":\"Progressing\",\"checksum\":\"85d\"}");
            assertTrue(number(hook, 200, "TOO_MANY_CALLS") > 0, () -> hook.getLast()
                    .body());
            assertEquals(CALLS, number(hook, 200, ""));

            var execution = burst(
                    port,
                    "POST",
                    "/v1/kayenta/canary/checkout",
                    "{\"scopes\":{\"default\":{\"controlScope\":{\"scope\":\"s1\"},\"experimentScope\":{\"scope\":\"c1\"}}},\"thresholds\":{\"pass\":95,\"marginal\":75}}");
            assertEquals(CALLS, number(execution, 200, "canaryExecutionId"), () -> execution
                    .getLast()
                    .body());

            var gate = burst(
                    port, "POST", "/v1/gate", "{\"service\":\"nowhere\",\"canary\":\"c1\",\"stage\":\"canary-1\"}");
            var refused =
                    gate.stream().filter(answer -> answer.statusCode() == 429).toList();
            assertTrue(!refused.isEmpty(), () -> gate.getLast().body());
            assertEquals(
                    "1", refused.getFirst().headers().firstValue("Retry-After").orElse(""));
            assertTrue(
                    refused.getFirst()
                            .body()
                            .startsWith("{\"field\":\"request\",\"fault\":\"there are more than 20 calls"),
                    refused.getFirst().body());
            assertEquals(
                    200,
                    send(port, "GET", "/v1/argo?service=nowhere&canary=c1", "", OTHER)
                            .join()
                            .statusCode());
            assertTrue(send(port, "GET", "/prometheus", "", OTHER)
                    .join()
                    .body()
                    .contains("portcullis_refused_calls_total{reason=\"too_many_calls\"}"));
            assertRefusedOverGrpc(services.gate().grpcPort());
        }
    }

    private static void assertRefusedOverGrpc(int port) {
        var channel = channel(port);
        try {
            var stub = GateServiceGrpc.newBlockingStub(with(channel, MANY));
            var fault = IntStream.range(0, CALLS)
                    .mapToObj(i -> fault(stub))
                    .filter(error -> error.getCode() != Status.Code.OK)
                    .findFirst()
                    .orElseThrow();
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, fault.getCode(), fault.toString());
            var other = GateServiceGrpc.newBlockingStub(with(channel, OTHER));
            assertEquals(Status.OK, fault(other));
        } finally {
            channel.shutdownNow();
        }
    }

    /** One refused is told when to call again. */
    private static Status fault(GateServiceGrpc.GateServiceBlockingStub stub) {
        try {
            stub.listReleases(ListReleasesRequest.getDefaultInstance());
            return Status.OK;
        } catch (StatusRuntimeException e) {
            assertEquals("TOO_MANY_CALLS", RpcErrors.reason(e).orElse(""));
            var retry = StatusProto.fromThrowable(e).getDetailsList().stream()
                    .filter(detail -> detail.is(RetryInfo.class))
                    .count();
            assertEquals(1, retry);
            return e.getStatus();
        }
    }

    @Test
    void aCallerHasHalfOfTheStreamsOfAMethodAtMost() throws Exception {
        try (var site = new Site();
                var services = start(site, Map.of("portcullis.grpc.max-streams", 4))) {
            var channel = channel(services.service("analysis").grpcPort());
            var left = Context.current().withCancellation();
            try {
                left.call(() -> {
                    open(channel, MANY).next();
                    open(channel, MANY).next();
                    var third = assertThrows(StatusRuntimeException.class, open(channel, MANY)::next);
                    assertEquals("TOO_MANY_STREAMS", RpcErrors.reason(third).orElse(""), third.getMessage());
                    assertTrue(
                            String.valueOf(third.getMessage()).contains("2 open streams of 'many'"),
                            third.getMessage());
                    return open(channel, OTHER).next();
                });
            } finally {
                left.cancel(null);
                channel.shutdownNow();
            }
        }
    }

    private static Iterator<WatchVerdictsResponse> open(ManagedChannel channel, String token) {
        return AnalysisServiceGrpc.newBlockingStub(with(channel, token))
                .watchVerdicts(WatchVerdictsRequest.getDefaultInstance());
    }
}
