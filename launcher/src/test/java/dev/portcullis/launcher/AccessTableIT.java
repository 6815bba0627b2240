package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.kit.testing.TestAuthority;
import dev.portcullis.kit.tls.TlsFiles;
import dev.portcullis.kit.tls.TlsFilesException;
import dev.portcullis.launcher.services.AllServices;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
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
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
            Map.entry("portcullis.gate.v1.GateService/ApproveRelease", "approver"),
            Map.entry("portcullis.gate.v1.GateService/WithdrawApproval", "approver"),
            Map.entry("portcullis.gate.v1.GateService/RetryRelease", "operator"),
            Map.entry("portcullis.gate.v1.GateService/GetDecision", "viewer"),
            Map.entry("portcullis.gate.v1.GateService/ListDecisions", "viewer"),
            Map.entry("portcullis.gate.v1.AuditService/ListAuditEntries", "viewer"),
            Map.entry("portcullis.gate.v1.AuditService/VerifyAuditLog", "viewer"),
            Map.entry("portcullis.gate.v1.AccessService/CreateToken", "admin"),
            Map.entry("portcullis.gate.v1.AccessService/ListTokens", "admin"),
            Map.entry("portcullis.gate.v1.AccessService/RevokeToken", "admin"),
            Map.entry("portcullis.gate.v1.AccessService/ListGoodTokens", "nobody"),
            Map.entry("portcullis.gate.v1.PromotionHoldService/HoldPromotions", "operator"),
            Map.entry("portcullis.gate.v1.PromotionHoldService/HoldRelease", "deployer"),
            Map.entry("portcullis.gate.v1.PromotionHoldService/ResumePromotions", "operator"),
            Map.entry("portcullis.gate.v1.PromotionHoldService/ListHolds", "viewer"),
            Map.entry("portcullis.audit.v1.AuditOutboxService/HandOverEntries", "nobody"),
            Map.entry("portcullis.rollback.v1.RollbackService/PrepareRollback", "operator"),
            Map.entry("portcullis.rollback.v1.RollbackService/StartRollback", "operator"),
            Map.entry("portcullis.rollback.v1.RollbackService/OrderRollback", "operator"),
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
            Map.entry("GET /console", "viewer"),
            Map.entry("GET /console/assets/{name}", OPEN),
            Map.entry("GET /console/events", "viewer"),
            Map.entry("GET /console/holds", "viewer"),
            Map.entry("POST /console/holds", "operator"),
            Map.entry("POST /console/holds/{hold}/resume", "operator"),
            Map.entry("GET /console/policies", "viewer"),
            Map.entry("GET /console/policies/{service}", "viewer"),
            Map.entry("GET /console/audit", "viewer"),
            Map.entry("POST /console/audit/verification", "viewer"),
            Map.entry("GET /console/waiting", "viewer"),
            Map.entry("GET /console/{+path}", "viewer"),
            Map.entry("GET /console/status", "viewer"),
            Map.entry("GET /console/sign-in", OPEN),
            Map.entry("GET /console/sign-in/callback", OPEN),
            Map.entry("GET /console/sign-out", OPEN),
            Map.entry("POST /console/sign-out", OPEN),
            Map.entry("GET /console/services/{service}/releases/{release}", "viewer"),
            Map.entry("GET /console/events/services/{service}/releases/{release}", "viewer"),
            Map.entry("POST /console/services/{service}/releases/{release}/{verb}", "operator"),
            Map.entry("POST /console/services/{service}/releases/{release}/against-fail/preparation", "admin"),
            Map.entry("POST /console/services/{service}/releases/{release}/rollback/preparation", "operator"),
            Map.entry("POST /console/services/{service}/releases/{release}/rollback/start", "operator"),
            Map.entry("GET /console/rollbacks/{rollback}", "viewer"),
            Map.entry("GET /console/rollbacks/{rollback}/progress", "viewer"),
            Map.entry("GET /audit/checkpoint", OPEN),
            Map.entry("GET /audit/checkpoint/witnessed", OPEN),
            Map.entry("GET /audit/tile/{+path}", "viewer"),
            Map.entry("GET /v1/audit/entries/{index}/proof", "viewer"),
            Map.entry("GET /v1/audit/changes", "viewer"));

    /** How callers are known. */
    enum Kind {
        TOKEN,
        CERTIFICATE
    }

    /**
     * Somebody who calls.
     *
     * @param token what he shows in the header
     * @param files what he shows of himself when a connection is made, and whom he trusts
     */
    private record Holder(Optional<String> token, TlsFiles files, HttpClient http) {
        Channel channel(int port) throws IOException {
            var credentials = TlsChannelCredentials.newBuilder()
                    .trustManager(files.ca().orElseThrow().toFile());
            if (files.identity().isPresent()) {
                var identity = files.identity().get();
                credentials.keyManager(
                        identity.certificate().toFile(), identity.key().toFile());
            }
            var channel = Grpc.newChannelBuilder("127.0.0.1:" + port, credentials.build())
                    .build();
            CHANNELS.add(channel);
            return token.isEmpty() ? channel : ClientInterceptors.intercept(channel, bearer(token.get()));
        }

        private static ClientInterceptor bearer(String token) {
            var headers = new Metadata();
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
            return MetadataUtils.newAttachHeadersInterceptor(headers);
        }
    }

    private static final List<ManagedChannel> CHANNELS = new ArrayList<>();
    private static final Map<Kind, Map<Role, Holder>> HOLDERS = new EnumMap<>(Kind.class);

    @TempDir
    static Path folder;

    private static AllServices services;
    private static Holder nobody;

    @BeforeAll
    static void start() throws Exception {
        var authority = new TestAuthority(folder.resolve("authority")).sign("server");
        nobody = holder(authority, Optional.empty(), Optional.empty());
        for (var kind : Kind.values()) {
            HOLDERS.put(kind, new EnumMap<>(Role.class));
        }
        var tokens = new StringBuilder();
        var certificates = new StringBuilder();
        for (var role : Role.values()) {
            var grant = "roles: [" + role.word() + "], services: ['*']";
            var token = TokenText.random(new SecureRandom());
            HOLDERS.get(Kind.TOKEN).put(role, holder(authority, Optional.of(token), Optional.empty()));
            tokens.append("  - {name: " + role.word() + ", sha256: " + TokenText.sha256(token)
                    + ", expires: 2099-12-31, " + grant + "}\n");
            authority.signAs(role.word(), "uri:spiffe://shop.example/" + role.word());
            HOLDERS.get(Kind.CERTIFICATE).put(role, holder(authority, Optional.empty(), Optional.of(role.word())));
            certificates.append("  - {uri: 'spiffe://shop.example/" + role.word() + "', " + grant + "}\n");
        }
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n" + tokens
                        + "  certificates:\n" + certificates);
        services = TestPortcullis.startEmpty(
                folder,
                Map.of(
                        "portcullis.tls.certificate-file",
                        authority.certificate("server").toString(),
                        "portcullis.tls.key-file",
                        authority.key("server").toString(),
                        "portcullis.tls.client-ca-file",
                        authority.certificate().toString(),
                        "portcullis.tls.ca-file",
                        authority.certificate().toString()));
    }

    private static Holder holder(TestAuthority authority, Optional<String> token, Optional<String> certificate)
            throws TlsFilesException {
        var files = new TlsFiles(
                Optional.of(authority.certificate()),
                certificate.map(name -> new TlsFiles.Identity(authority.certificate(name), authority.key(name))));
        return new Holder(
                token, files, HttpClient.newBuilder().sslContext(files.open()).build());
    }

    @AfterAll
    static void stop() {
        CHANNELS.forEach(ManagedChannel::shutdownNow);
        HOLDERS.values().forEach(holders -> holders.values()
                .forEach(holder -> holder.http().close()));
        nobody.http().close();
        services.close();
    }

    private static <T> Stream<T> beans(RunningService service, Class<T> type) {
        return service.get(ApplicationContext.class).getBeansOfType(type).stream();
    }

    @ParameterizedTest
    @EnumSource
    void everyRpcNeedsItsRole(Kind kind) throws IOException {
        var seen = new TreeMap<String, String>();
        for (var name : List.of("analysis", "gate", "rollback")) {
            var service = services.service(name);
            var anonymous = nobody.channel(service.grpcPort());
            var channels = new EnumMap<Role, Channel>(Role.class);
            for (var holder : HOLDERS.get(kind).entrySet()) {
                channels.put(holder.getKey(), holder.getValue().channel(service.grpcPort()));
            }
            beans(service, BindableService.class)
                    .flatMap(bound -> bound.bindService().getMethods().stream())
                    .map(method -> method.getMethodDescriptor())
                    .forEach(method -> seen.put(method.getFullMethodName(), weakest(anonymous, channels, method)));
        }
        assertEquals(new TreeMap<>(RPCS), seen);
    }

    /** Also looks that nobody is let in without credentials, and everybody with a stronger role. */
    private static String weakest(Channel anonymous, Map<Role, Channel> channels, MethodDescriptor<?, ?> method) {
        if (call(anonymous, method) != Status.Code.UNAUTHENTICATED) {
            return OPEN;
        }
        return consistent(Stream.of(Role.values())
                .filter(role -> call(channels.get(role), method) != Status.Code.PERMISSION_DENIED)
                .toList());
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

    private static <Q, A> Status.Code call(Channel sent, MethodDescriptor<Q, A> method) {
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
    @CsvSource({
        "analysis, TOKEN",
        "analysis, CERTIFICATE",
        "gate, TOKEN",
        "gate, CERTIFICATE",
        "rollback, TOKEN",
        "rollback, CERTIFICATE"
    })
    void everyPathNeedsItsRole(String name, Kind kind) {
        var service = services.service(name);
        var expected = new TreeMap<>(EVERYWHERE);
        if (name.equals("gate")) {
            expected.putAll(GATE_PATHS);
        }
        var seen = new TreeMap<String, String>();
        service.get(Router.class).uriRoutes().forEach(route -> {
            var method = route.getHttpMethodName();
            var template = route.getUriMatchTemplate().toPathString();
            if (!method.equals("HEAD")) {
                seen.put(method + " " + template, weakest(kind, service.httpPort(), method, template));
            }
        });
        assertEquals(expected, seen);
    }

    private static String weakest(Kind kind, int port, String method, String template) {
        if (status(nobody, port, method, template) != 401) {
            return OPEN;
        }
        var holders = HOLDERS.get(kind);
        return consistent(Stream.of(Role.values())
                .filter(role -> status(holders.get(role), port, method, template) != 403)
                .toList());
    }

    private static int status(Holder holder, int port, String method, String template) {
        var path = template.replace("{selector}", "liveness").replaceAll("\\{\\+?[a-z]+}", "x");
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        holder.token().ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            // A stream of changes does not end by itself.
            var response = holder.http().send(request.build(), BodyHandlers.ofInputStream());
            response.body().close();
            var status = response.statusCode();
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
