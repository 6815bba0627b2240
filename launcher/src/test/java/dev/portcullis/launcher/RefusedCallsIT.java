package dev.portcullis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.launcher.services.AllServices;
import dev.portcullis.proto.analysis.v1.AnalysisServiceGrpc;
import dev.portcullis.proto.analysis.v1.ListAnalysesRequest;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditEntry;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the services turn away is in the audit log: of all three, over HTTP and gRPC. */
final class RefusedCallsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADMIN = TokenText.random(new SecureRandom());
    private static final String UNKNOWN = TokenText.random(new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void whoIsTurnedAwayIsInTheLog() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + "  - {name: auditor, sha256: " + TokenText.sha256(ADMIN)
                        + ", roles: [admin], services: ['*'], expires: 2099-12-31}\n");
        try (var services = TestPortcullis.startEmpty(folder)) {
            var expected = new TreeSet<String>();
            for (var name : List.of("analysis", "gate", "rollback")) {
                overHttp(services, name);
                overGrpc(services, name);
                expected.add(name + " HTTP CREDENTIALS_MISSING");
                expected.add(name + " gRPC CREDENTIALS_REFUSED");
            }
            var gate = channel(services, "gate");
            try {
                Await.until("an entry of each", LIMIT, () -> told(gate).containsAll(expected));
                assertEquals(expected, told(gate));
                var bodies = entries(gate).toString();
                assertFalse(bodies.contains(UNKNOWN.substring(4)), "a token is a secret, also one that is not known");
            } finally {
                gate.shutdownNow();
            }
        }
    }

    private static void overHttp(AllServices services, String name) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + services.service(name).httpPort() + "/prometheus?of=" + name);
            for (var i = 0; i < 3; i++) {
                assertEquals(
                        401,
                        http.send(
                                        HttpRequest.newBuilder(uri)
                                                .header("User-Agent", name)
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode());
            }
        }
    }

    /** An rpc that the server does not have is not refused for who calls, so each is asked for one of its own: the outbox, or the audit log. */
    private static void overGrpc(AllServices services, String name) {
        var channel = channel(services, name);
        try {
            var caller = as(UNKNOWN, channel);
            assertThrows(StatusRuntimeException.class, () -> {
                switch (name) {
                    case "analysis" ->
                        AnalysisServiceGrpc.newBlockingStub(caller)
                                .listAnalyses(ListAnalysesRequest.getDefaultInstance());
                    case "gate" ->
                        AuditServiceGrpc.newBlockingStub(caller)
                                .listAuditEntries(ListAuditEntriesRequest.getDefaultInstance());
                    default ->
                        dev.portcullis.proto.audit.v1.AuditOutboxServiceGrpc.newBlockingStub(caller)
                                .handOverEntries(
                                        dev.portcullis.proto.audit.v1.HandOverEntriesRequest.getDefaultInstance());
                }
            });
        } finally {
            channel.shutdownNow();
        }
    }

    private static ManagedChannel channel(AllServices services, String name) {
        return Grpc.newChannelBuilder(
                        "127.0.0.1:" + services.service(name).grpcPort(), InsecureChannelCredentials.create())
                .build();
    }

    private static Channel as(String token, Channel channel) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static List<AuditEntry> entries(Channel gate) {
        return AuditServiceGrpc.newBlockingStub(as(ADMIN, gate))
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setAction(AuditAction.REFUSE_CALLS)
                        .setPageSize(200)
                        .build())
                .getEntriesList();
    }

    /** Which service refused, by what it says of itself: those of the other two have an id, and the user agent or the rpc names them. */
    private static Set<String> told(Channel gate) {
        return entries(gate).stream()
                .map(AuditEntry::getBody)
                .map(body -> {
                    var http = body.contains("\"interface\":\"HTTP ");
                    var reason = body.contains("CREDENTIALS_MISSING") ? "CREDENTIALS_MISSING" : "CREDENTIALS_REFUSED";
                    var service =
                            !body.contains("\"id\":") ? "gate" : body.contains("analysis") ? "analysis" : "rollback";
                    return service + (http ? " HTTP " : " gRPC ") + reason;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
