package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.AuditServiceGrpc;
import dev.portcullis.proto.gate.v1.EvaluateGateRequest;
import dev.portcullis.proto.gate.v1.GetReleaseRequest;
import dev.portcullis.proto.gate.v1.ListAuditEntriesRequest;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers tell of a release for the record: by every way to ask, once. */
final class ReleaseDetailsIT {
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    @AfterEach
    void stop() {
        gate.close();
    }

    private HttpResponse<String> argo(String canary, String more) {
        return gate.send(HttpRequest.newBuilder(
                gate.uri("/v1/argo?service=checkout&stable=s1&canary=" + canary + (more.isEmpty() ? "" : "&" + more))));
    }

    private List<String> entries(AuditAction action) {
        return AuditServiceGrpc.newBlockingStub(gate.channel())
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setAction(action).build())
                .getEntriesList()
                .stream()
                .map(entry -> entry.getBody())
                .toList();
    }

    private JsonNode changes() {
        return GateUnderTest.json(
                        gate.send(HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=9000-01-01"))))
                .path("changes");
    }

    @Test
    void whatIsToldIsKeptShownAndRecordedAndStays() {
        var first = argo("c1", "artifact=shop%2Fcheckout%40sha256%3Aab&ticket=CHG-1&labels=team%3Dpay,env%3Dprod");
        assertEquals(200, first.statusCode(), first::body);
        var name = GateUnderTest.json(first).path("release").textValue();
        assertEquals(200, argo("c1", "").statusCode(), "a question that tells nothing");
        assertEquals(200, argo("c1", "ticket=CHG-1").statusCode(), "the same again");
        assertEquals(List.of(), entries(AuditAction.DESCRIBE_RELEASE));
        assertEquals(200, argo("c1", "author=alice&labels=tier%3D1").statusCode(), "what was not told yet");
        var release = gate.grpc()
                .getRelease(GetReleaseRequest.newBuilder().setName(name).build());
        assertEquals("shop/checkout@sha256:ab", release.getArtifact());
        assertEquals("CHG-1", release.getTicket());
        assertEquals("alice", release.getAuthor());
        assertEquals(Map.of("team", "pay", "env", "prod", "tier", "1"), release.getLabelsMap());
        var told = Await.value("its entry", LIMIT, () -> entries(AuditAction.DESCRIBE_RELEASE).stream()
                .findFirst());
        assertTrue(told.contains("\"author\":\"alice\""), told);
        assertTrue(entries(AuditAction.DECIDE).getLast().contains("\"ticket\":\"CHG-1\""));
        for (var other : List.of("artifact=x", "ticket=CHG-2", "author=bob", "labels=team%3Dother")) {
            var refused = argo("c1", other);
            assertEquals(400, refused.statusCode(), other);
            assertEquals(
                    other.substring(0, other.indexOf('=')),
                    GateUnderTest.json(refused).path("field").textValue());
            assertTrue(refused.body().contains("is on record for this release"), refused::body);
        }
        var change = changes().get(0);
        assertEquals("CHG-1", change.path("ticket").textValue());
        assertEquals("alice", change.path("author").textValue());
        assertEquals("env=prod,team=pay,tier=1", change.path("labels").textValue());
        assertEquals(1, entries(AuditAction.DESCRIBE_RELEASE).size());
    }

    @Test
    void pipelinesAndProgramsTellItToo() {
        var body =
                "{\"service\":\"checkout\",\"stage\":\"canary-1\",\"revision\":\"r1\",\"artifact\":\"a\",\"ticket\":\"t\","
                        + "\"author\":\"me\",\"labels\":\"k=v\"}";
        var called = gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate")).POST(BodyPublishers.ofString(body)));
        assertEquals(200, called.statusCode(), called::body);
        assertEquals("a", changes().get(0).path("artifact").textValue());
        var request = EvaluateGateRequest.newBuilder()
                .setService("checkout")
                .setCanary("c9")
                .setArtifact("b")
                .putLabels("k", "v");
        assertEquals("b", gate.grpc().evaluateGate(request.build()).getRelease().getArtifact());
        for (var wrong : List.of(
                request.clone().putLabels("a=b", "v").build(),
                request.clone().putLabels("a", "v,w").build(),
                request.clone().putLabels("k", "other").build(),
                request.clone().putLabels("x", "").build(),
                request.clone().setTicket("a\nb").build())) {
            assertThrows(StatusRuntimeException.class, () -> gate.grpc().evaluateGate(wrong));
        }
    }

    @Test
    void whoToldItIsOnRecordAsHisCredentialsSayAlsoOverHttp() throws IOException {
        var token = TokenText.random(new SecureRandom());
        argo("c1", "");
        Files.writeString(
                gate.folder.resolve("access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n  - {name: pipeline, sha256: "
                        + TokenText.sha256(token) + ", roles: [deployer], services: ['*'], expires: 2099-12-31}\n");
        Await.until("credentials are asked for", LIMIT, () -> argo("c1", "").statusCode() == 401);
        var told =
                gate.send(HttpRequest.newBuilder(gate.uri("/v1/argo?service=checkout&stable=s1&canary=c1&ticket=CHG-1"))
                        .header("Authorization", "Bearer " + token));
        assertEquals(200, told.statusCode(), told::body);
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        var entry = AuditServiceGrpc.newBlockingStub(gate.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setAction(AuditAction.DESCRIBE_RELEASE)
                        .build())
                .getEntries(0)
                .getBody();
        assertTrue(entry.contains("\"kind\":\"TOKEN\",\"name\":\"pipeline\""), entry);
    }

    @Test
    void whatIsNoLabelIsRefused() {
        for (var wrong : List.of("labels=team", "labels=%3Dx", "labels=a%3D", "labels=a%3D1,a%3D2", "labels=,")) {
            var refused = argo("c1", wrong);
            assertEquals(400, refused.statusCode(), wrong);
            assertEquals("labels", GateUnderTest.json(refused).path("field").textValue(), refused::body);
        }
    }

    @Test
    void aFormulaInATableIsText() {
        argo("c1", "artifact=%3DHYPERLINK(1)&ticket=%2B1&author=%40me");
        var table = gate.send(
                        HttpRequest.newBuilder(gate.uri("/v1/audit/changes?from=2020-01-01&to=9000-01-01&format=csv")))
                .body();
        assertTrue(table.contains("\"'=HYPERLINK(1)\",\"'+1\",\"'@me\""), table);
    }
}
