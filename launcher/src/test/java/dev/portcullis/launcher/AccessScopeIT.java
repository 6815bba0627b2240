package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.kit.identity.Role;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.launch.RunningService;
import dev.portcullis.launcher.services.AllServices;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rpc and every path of all services about things of the service checkout, with all roles for checkout and with all roles for another service; one that is added takes
 * part by itself.
 */
final class AccessScopeIT {
    private static final String CHECKOUT = TokenText.random(new SecureRandom());
    private static final String BASKET = TokenText.random(new SecureRandom());

    /** What is about no service at all, so that a role for any will do. */
    private static final Set<String> SOMEWHERE = Set.of(
            "portcullis.analysis.v1.AnalysisService/ScoreCounts",
            "GET /health",
            "GET /prometheus",
            "GET /v1/kayenta/credentials",
            "GET /v1/kayenta/canaryConfig",
            "GET /console",
            "GET /console/events",
            // Whose a rollback is rollback-service knows, and nobody is shown that of a service he may not see.
            "GET /console/rollbacks/{rollback}",
            "GET /console/rollbacks/{rollback}/progress",
            "GET /console/holds",
            "GET /console/policies",
            "GET /console/status",
            "GET /console/waiting",
            "GET /console/{+path}");

    /** What is about all services, so that roles for some will not do. */
    private static final Set<String> EVERYWHERE = Set.of(
            "portcullis.analysis.v1.AnalysisService/WatchVerdicts",
            "portcullis.analysis.v1.AnalysisService/WatchAnalyses",
            "opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
            "portcullis.gate.v1.AuditService/VerifyAuditLog",
            "portcullis.audit.v1.AuditOutboxService/HandOverEntries",
            "portcullis.gate.v1.AccessService/CreateToken",
            "portcullis.gate.v1.AccessService/ListTokens",
            "portcullis.gate.v1.AccessService/RevokeToken",
            "portcullis.gate.v1.AccessService/ListGoodTokens",
            "GET /v1/kayenta/canary/executions",
            "GET /audit/tile/{+path}",
            "GET /v1/audit/entries/{index}/proof",
            "POST /console/audit/verification",
            "GET /v1/audit/changes");

    private static final Set<String> OPEN = Set.of(
            "GET /",
            "GET /health/{selector}",
            "GET /console/assets/{name}",
            "GET /console/sign-in",
            "GET /console/sign-in/callback",
            "GET /console/sign-out",
            "POST /console/sign-out",
            "GET /audit/checkpoint",
            "GET /audit/checkpoint/witnessed",
            "POST /v1/github/protection-rule");

    @TempDir
    static Path folder;

    private static Site site;
    private static AllServices services;
    private static final Map<String, ManagedChannel> CHANNELS = new LinkedHashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ScopeObjects objects;
    private static String evaluation = "";
    private static String execution = "";

    @BeforeAll
    static void start() throws IOException {
        site = new Site();
        site.configure(folder.resolve("config"));
        var roles = Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("config/access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + line("c", CHECKOUT, roles, "checkout") + line("b", BASKET, roles, "basket"));
        services = TestPortcullis.startEmpty(folder);
        for (var name : List.of("analysis", "gate", "rollback")) {
            CHANNELS.put(
                    name,
                    Grpc.newChannelBuilder(
                                    "127.0.0.1:" + services.service(name).grpcPort(),
                                    InsecureChannelCredentials.create())
                            .build());
        }
        objects = new ScopeObjects(name -> with(name, CHECKOUT));
        evaluation = made("/v1/gate", "/v1/gate", "evaluation");
        execution = made("/v1/kayenta/canary/checkout", "/v1/kayenta", "canaryExecutionId");
    }

    private static String made(String path, String kind, String field) throws IOException {
        var made = new ObjectMapper()
                .readTree(send("POST", path, CHECKOUT, body(kind)).body())
                .path(field)
                .asText();
        assertFalse(made.isEmpty(), path);
        return made;
    }

    private static String line(String name, String token, String roles, String service) {
        return "  - {name: " + name + ", sha256: " + TokenText.sha256(token) + ", roles: [" + roles + "], services: ['"
                + service + "'], expires: 2099-12-31}\n";
    }

    /** What is legal at a path, about the service checkout. */
    private static String body(String path) {
        if (path.contains("/console/holds")) {
            return "services=checkout";
        }
        if (path.contains("flagger")) {
            return "{\"name\":\"checkout\",\"namespace\":\"shop\",\"phase\":\"Progressing\",\"checksum\":\"c9\"}";
        }
        if (path.contains("kayenta")) {
            return """
                    {"scopes":{"default":{
                      "controlScope":{"scope":"s1","location":"shop","step":60,"start":"2026-01-01T00:00:00Z",
                        "end":"2026-01-01T01:00:00Z","extendedScopeParams":{}},
                      "experimentScope":{"scope":"c9","location":"shop","step":60,"start":"2026-01-01T00:00:00Z",
                        "end":"2026-01-01T01:00:00Z","extendedScopeParams":{}}}},
                     "thresholds":{"pass":95,"marginal":75}}""";
        }
        return "{\"service\":\"checkout\",\"canary\":\"c9\",\"stable\":\"s1\",\"stage\":\"canary-1\"}";
    }

    private static Channel with(String service, String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(
                java.util.Objects.requireNonNull(CHANNELS.get(service)),
                MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @AfterAll
    static void stop() {
        CHANNELS.values().forEach(ManagedChannel::shutdownNow);
        services.close();
        site.close();
        HTTP.close();
    }

    @Test
    void everyRpcAndPathIsForTheServicesOfItsCallers() {
        var names = new TreeSet<String>();
        var others = new TreeSet<String>();
        var owners = new TreeSet<String>();
        for (var service : CHANNELS.keySet()) {
            methods(services.service(service)).forEach(method -> {
                names.add(method.getFullMethodName());
                note(others, method.getFullMethodName(), !refused(service, method, BASKET));
            });
            paths(services.service(service)).forEach(path -> {
                names.add(path);
                note(others, path, !refused(services.service(service), path, BASKET));
            });
        }
        for (var service : CHANNELS.keySet()) {
            methods(services.service(service))
                    .forEach(method -> note(owners, method.getFullMethodName(), !refused(service, method, CHECKOUT)));
            paths(services.service(service))
                    .forEach(path -> note(owners, path, !refused(services.service(service), path, CHECKOUT)));
        }
        assertEquals(new TreeSet<>(union(SOMEWHERE, OPEN)), others);
        names.removeAll(EVERYWHERE);
        assertEquals(names, owners);
    }

    private static void note(Set<String> allowed, String name, boolean isAllowed) {
        if (isAllowed) {
            allowed.add(name);
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    /** Whether there is such a thing or not, whoever may not see it hears the same. */
    @Test
    void whatIsThereAndWhatIsNotIsAnsweredAlike() {
        for (var service : CHANNELS.keySet()) {
            methods(services.service(service))
                    .filter(method -> !union(SOMEWHERE, EVERYWHERE).contains(method.getFullMethodName()))
                    .forEach(method -> assertEquals(
                            status(service, method, BASKET, objects::there),
                            status(service, method, BASKET, objects::notThere),
                            method.getFullMethodName()));
        }
    }

    private static Stream<MethodDescriptor<?, ?>> methods(RunningService service) {
        return service.get(ApplicationContext.class).getBeansOfType(BindableService.class).stream()
                .flatMap(bound -> bound.bindService().getMethods().stream())
                .map(method -> method.getMethodDescriptor());
    }

    private static boolean refused(String service, MethodDescriptor<?, ?> method, String token) {
        return status(service, method, token, objects::there).startsWith("PERMISSION_DENIED");
    }

    private static <Q, A> String status(
            String service, MethodDescriptor<Q, A> method, String token, Function<String, String> names) {
        var options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        var request = ScopeObjects.filled(method, names);
        var context = Context.current().withCancellation();
        try {
            return context.call(() -> {
                if (method.getType() == MethodDescriptor.MethodType.UNARY) {
                    ClientCalls.blockingUnaryCall(with(service, token), method, options, request);
                    return "OK";
                }
                // The first message is enough; some never end.
                var answers = ClientCalls.blockingServerStreamingCall(with(service, token), method, options, request);
                return answers.hasNext() ? "OK" : Status.Code.NOT_FOUND.name();
            });
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() + " " + e.getStatus().getDescription();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            context.cancel(null);
        }
    }

    private static Stream<String> paths(RunningService service) {
        return service.get(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString());
    }

    private static boolean refused(RunningService service, String path, String token) {
        var method = path.substring(0, path.indexOf(' '));
        var id = path.contains("pipelines") || path.equals("GET /v1/kayenta/canary/{id}") ? execution : "checkout";
        var target = path.substring(path.indexOf(' ') + 1)
                .replace("{selector}", "liveness")
                .replace("{evaluation}", evaluation)
                .replace("{type}", "event")
                .replace("{id}", id)
                .replace("{service}", "checkout")
                .replace("{hold}", objects.there("ResumePromotions name").substring("holds/".length()))
                .replaceAll("\\{\\+?[a-z]+}", "x");
        var status = status(service.httpPort(), method, target + "?service=checkout", token, body(path));
        assertTrue(status < 500, () -> path + ": " + status);
        return status == 403;
    }

    private static java.net.http.HttpResponse<String> send(String method, String path, String token, String body) {
        return send(services.gate().httpPort(), method, path, token, body);
    }

    private static java.net.http.HttpResponse<String> send(
            int port, String method, String path, String token, String body) {
        return send(port, method, path, token, body, BodyHandlers.ofString());
    }

    /** A stream of changes does not end by itself. */
    private static int status(int port, String method, String path, String token, String body) {
        var response = send(port, method, path, token, body, BodyHandlers.ofInputStream());
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response.statusCode();
    }

    private static <T> java.net.http.HttpResponse<T> send(
            int port, String method, String path, String token, String body, BodyHandler<T> handler) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return HTTP.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
