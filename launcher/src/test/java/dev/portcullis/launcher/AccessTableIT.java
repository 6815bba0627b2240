package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.launcher.services.AllServices;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rpc and every path of all services with every role and with none; one that is added has to be added here. */
final class AccessTableIT {
    private static final String OPEN = "open";

    /** The weakest role that lets its holder call. */
    private static final Map<String, String> RPCS = Map.ofEntries(
            Map.entry("portcullis.analysis.v1.AnalysisService/StartAnalysis", "deployer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/GetAnalysis", "viewer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/ListAnalyses", "viewer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/WatchAnalysis", "viewer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/WatchVerdicts", "viewer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/WatchAnalyses", "viewer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/CancelAnalysis", "operator"),
            Map.entry("portcullis.analysis.v1.AnalysisService/ScoreCounts", "viewer"),
            Map.entry("portcullis.analysis.v1.AnalysisService/GetErrorBudget", "viewer"),
            Map.entry("opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "operator"),
            Map.entry("portcullis.gate.v1.GateService/EvaluateGate", "deployer"),
            Map.entry("portcullis.gate.v1.GateService/GetRelease", "viewer"),
            Map.entry("portcullis.gate.v1.GateService/ListReleases", "viewer"),
            Map.entry("portcullis.gate.v1.GateService/WatchRelease", "viewer"),
            Map.entry("portcullis.gate.v1.GateService/PromoteRelease", "operator"),
            Map.entry("portcullis.gate.v1.GateService/AbortRelease", "operator"),
            Map.entry("portcullis.gate.v1.GateService/GetDecision", "viewer"),
            Map.entry("portcullis.gate.v1.GateService/ListDecisions", "viewer"),
            Map.entry("portcullis.gate.v1.AuditService/ListAuditEntries", "viewer"),
            Map.entry("portcullis.gate.v1.AuditService/VerifyAuditLog", "viewer"),
            Map.entry("portcullis.rollback.v1.RollbackService/PrepareRollback", "operator"),
            Map.entry("portcullis.rollback.v1.RollbackService/StartRollback", "operator"),
            Map.entry("portcullis.rollback.v1.RollbackService/GetRollback", "viewer"),
            Map.entry("portcullis.rollback.v1.RollbackService/ListRollbacks", "viewer"),
            Map.entry("portcullis.rollback.v1.RollbackService/WatchRollback", "viewer"),
            Map.entry("portcullis.rollback.v1.RollbackService/CancelRollback", "operator"));

    private static final Map<String, String> EVERYWHERE =
            Map.of("GET /", OPEN, "GET /health", "viewer", "GET /health/{selector}", OPEN, "GET /prometheus", "viewer");

    private static final Map<String, String> GATE_PATHS = Map.ofEntries(
            Map.entry("GET /v1/argo", "deployer"),
            Map.entry("POST /v1/argo", "deployer"),
            Map.entry("POST /v1/gate", "deployer"),
            Map.entry("GET /v1/gate/evaluations/{evaluation}", "deployer"),
            Map.entry("POST /v1/flagger/{type}", "deployer"),
            Map.entry("POST /v1/github/protection-rule", OPEN),
            Map.entry("GET /v1/kayenta/credentials", "viewer"),
            Map.entry("GET /v1/kayenta/canaryConfig", "viewer"),
            Map.entry("GET /v1/kayenta/canaryConfig/{id}", "viewer"),
            Map.entry("POST /v1/kayenta/canary/{id}", "deployer"),
            Map.entry("GET /v1/kayenta/canary/{id}", "deployer"),
            Map.entry("GET /v1/kayenta/canary/executions", "viewer"),
            Map.entry("PUT /v1/kayenta/pipelines/{id}/cancel", "deployer"),
            Map.entry("GET /audit/checkpoint", OPEN),
            Map.entry("GET /audit/tile/{+path}", "viewer"),
            Map.entry("GET /v1/audit/entries/{index}/proof", "viewer"),
            Map.entry("GET /v1/audit/changes", "viewer"));

    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @TempDir
    static Path folder;

    private static AllServices services;

    @BeforeAll
    static void start() throws IOException {
        var document = new StringBuilder(
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n");
        for (var role : Role.values()) {
            var token = TokenText.random(new SecureRandom());
            TOKENS.put(role, token);
            document.append("  - {name: " + role.word() + ", sha256: " + TokenText.sha256(token) + ", roles: ["
                    + role.word() + "], services: ['*'], expires: 2099-12-31}\n");
        }
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/access.yaml"), document);
        services = TestPortcullis.startEmpty(folder);
    }

    @AfterAll
    static void stop() {
        services.close();
    }

    private static <T> Stream<T> beans(RunningService service, Class<T> type) {
        return service.get(ApplicationContext.class).getBeansOfType(type).stream();
    }

    @Test
    void everyRpcNeedsItsRole() {
        var seen = new TreeMap<String, String>();
        for (var name : List.of("analysis", "gate", "rollback")) {
            var service = services.service(name);
            var channel = Grpc.newChannelBuilder("127.0.0.1:" + service.grpcPort(), InsecureChannelCredentials.create())
                    .build();
            try {
                beans(service, BindableService.class)
                        .flatMap(bound -> bound.bindService().getMethods().stream())
                        .map(method -> method.getMethodDescriptor())
                        .forEach(method -> seen.put(method.getFullMethodName(), weakest(channel, method)));
            } finally {
                channel.shutdownNow();
            }
        }
        assertEquals(new TreeMap<>(RPCS), seen);
    }

    /** Also looks that nobody is let in without credentials, and everybody with a stronger role. */
    private static String weakest(ManagedChannel channel, MethodDescriptor<?, ?> method) {
        if (call(channel, method, Optional.empty()) != Status.Code.UNAUTHENTICATED) {
            return OPEN;
        }
        var allowed = Stream.of(Role.values())
                .filter(role -> call(channel, method, Optional.of(TOKENS.get(role))) != Status.Code.PERMISSION_DENIED)
                .toList();
        return consistent(allowed);
    }

    private static String consistent(List<Role> allowed) {
        if (allowed.isEmpty()) {
            return "nobody";
        }
        var weakest = allowed.getFirst();
        var included =
                Stream.of(Role.values()).filter(role -> role.includes(weakest)).toList();
        return allowed.equals(included) ? weakest.word() : allowed.toString();
    }

    private static <Q, A> Status.Code call(
            ManagedChannel channel, MethodDescriptor<Q, A> method, Optional<String> token) {
        var headers = new Metadata();
        token.ifPresent(text ->
                headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + text));
        var sent = io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        var options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        var request = method.parseRequest(new ByteArrayInputStream(new byte[0]));
        var context = Context.current().withCancellation();
        try {
            return context.call(() -> {
                if (method.getType() == MethodType.UNARY) {
                    ClientCalls.blockingUnaryCall(sent, method, options, request);
                    return Status.Code.OK;
                }
                // The first message is enough; some never end.
                var answers = ClientCalls.blockingServerStreamingCall(sent, method, options, request);
                return answers.hasNext() ? Status.Code.OK : Status.Code.NOT_FOUND;
            });
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            context.cancel(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"analysis", "gate", "rollback"})
    void everyPathNeedsItsRole(String name) {
        var service = services.service(name);
        var expected = new TreeMap<>(EVERYWHERE);
        if (name.equals("gate")) {
            expected.putAll(GATE_PATHS);
        }
        var seen = new TreeMap<String, String>();
        try (var client = HttpClient.newHttpClient()) {
            service.get(Router.class).uriRoutes().forEach(route -> {
                var method = route.getHttpMethodName();
                var template = route.getUriMatchTemplate().toPathString();
                if (!method.equals("HEAD")) {
                    seen.put(method + " " + template, weakest(client, service.httpPort(), method, template));
                }
            });
        }
        assertEquals(expected, seen);
    }

    private static String weakest(HttpClient client, int port, String method, String template) {
        if (status(client, port, method, template, Optional.empty()) != 401) {
            return OPEN;
        }
        return consistent(Stream.of(Role.values())
                .filter(role -> status(client, port, method, template, Optional.of(TOKENS.get(role))) != 403)
                .toList());
    }

    private static int status(HttpClient client, int port, String method, String template, Optional<String> token) {
        var path = template.replace("{selector}", "liveness").replaceAll("\\{\\+?[a-z]+}", "x");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            var status = client.send(request.build(), BodyHandlers.ofString()).statusCode();
            assertTrue(status < 500, () -> method + " " + template + ": " + status);
            return status;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a list that no rpc is of would hide a misspelt one. */
    @Test
    void theListOfRpcsHasNoOther() {
        var listed = new TreeSet<String>();
        for (var name : List.of("analysis", "gate", "rollback")) {
            beans(services.service(name), dev.portcullis.kit.rpc.RpcAccess.class)
                    .forEach(access -> listed.addAll(access.rpcs()));
        }
        assertEquals(new TreeSet<>(RPCS.keySet()), listed);
    }
}
