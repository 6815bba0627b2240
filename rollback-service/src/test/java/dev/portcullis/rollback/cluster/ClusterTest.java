package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClusterTest {
    static final ResourceKind ROLLOUT = new ResourceKind("argoproj.io", "v1alpha1", "rollouts", "Rollout");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubeServer server = new KubeServer();
    private final Clusters clusters = server.clusters("prod");
    private Cluster cluster;

    @BeforeEach
    void fill() throws Exception {
        cluster = clusters.named("prod");
        server.put(ROLLOUT, "shop", """
                metadata: {name: checkout, labels: {app: checkout, app.kubernetes.io/part-of: shop}}
                spec: {paused: false, replicas: 3}
                status: {abort: false, phase: Progressing}
                """);
    }

    @AfterEach
    void close() {
        clusters.close();
        server.close();
    }

    @Test
    void anObjectIsReadWithItsStatus() throws Exception {
        var found = cluster.get(ROLLOUT, "shop", "checkout").orElseThrow();
        assertEquals("Progressing", found.at("/status/phase").asText());
        assertEquals(
                "Bearer s3cret-token", server.requests().getFirst().headers().get("authorization"));
    }

    @Test
    void aRequestCarriesTheTraceItIsMadeIn() throws Exception {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var parent = SpanContext.create(trace, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
        try (var scope = Span.wrap(parent).makeCurrent()) {
            assertNotNull(scope);
            cluster.get(ROLLOUT, "shop", "checkout");
        }
        var sent = server.requests().getFirst().headers().get("traceparent");
        assertTrue(sent.startsWith("00-" + trace + "-"), sent);
    }

    @Test
    void whatIsNotThereIsEmptyAndOfAnUnknownKindTooButCannotBeListed() throws Exception {
        var unknown = new ResourceKind("example.com", "v1", "gadgets", "Gadget");
        assertEquals(Optional.empty(), cluster.get(ROLLOUT, "shop", "cart"));
        assertEquals(Optional.empty(), cluster.get(unknown, "shop", "cart"));
        var fault = assertThrows(ClusterException.class, () -> cluster.list(unknown, "shop", Map.of()));
        assertEquals(Fault.NOT_FOUND, fault.fault());
    }

    @Test
    void aListHasTheObjectsWithAllOfTheLabels() throws Exception {
        server.put(ROLLOUT, "shop", "metadata: {name: cart, labels: {app: cart, app.kubernetes.io/part-of: shop}}");
        server.put(ROLLOUT, "bank", "metadata: {name: checkout, labels: {app: checkout}}");
        assertEquals(List.of("checkout"), names(Map.of("app", "checkout", "app.kubernetes.io/part-of", "shop")));
        assertEquals(List.of("checkout", "cart"), names(Map.of("app.kubernetes.io/part-of", "shop")));
        assertEquals(List.of("checkout", "cart"), names(Map.of()));
        assertEquals(List.of(), names(Map.of("app", "cart", "app.kubernetes.io/part-of", "bank")));
    }

    @Test
    void aMergePatchChangesTheSpecButNotAStatusThatIsKeptApart() throws Exception {
        var patch = json("{'spec': {'paused': true, 'replicas': null}, 'status': {'abort': true}}");
        var after = cluster.mergePatch(ROLLOUT, "shop", "checkout", patch);
        assertTrue(after.at("/spec/paused").asBoolean());
        assertFalse(after.at("/spec").has("replicas"));
        assertFalse(after.at("/status/abort").asBoolean());
        assertEquals(2, after.at("/metadata/generation").asInt());
        assertEquals(after, server.object(ROLLOUT, "shop", "checkout").orElseThrow());
    }

    @Test
    void aPatchOfTheStatusChangesNothingElse() throws Exception {
        var patch = json("{'spec': {'paused': true}, 'status': {'abort': true}}");
        var after = cluster.mergePatchStatus(ROLLOUT, "shop", "checkout", patch);
        assertFalse(after.at("/spec/paused").asBoolean());
        assertTrue(after.at("/status/abort").asBoolean());
        assertEquals("Progressing", after.at("/status/phase").asText());
        assertEquals(1, after.at("/metadata/generation").asInt());
    }

    @Test
    void aPatchThatCarriesAnOldVersionIsAConflictAndChangesNothing() throws Exception {
        var seen = version();
        server.change(ROLLOUT, "shop", "checkout", object -> object.withObject("/status")
                .put("phase", "Paused"));
        var now = server.object(ROLLOUT, "shop", "checkout");
        var patch = json("{'metadata': {'resourceVersion': '" + seen + "'}, 'spec': {'paused': true}}");
        var abort = json("{'metadata': {'resourceVersion': '" + seen + "'}, 'status': {'abort': true}}");
        for (var fault : List.of(
                assertThrows(ClusterException.class, () -> cluster.mergePatch(ROLLOUT, "shop", "checkout", patch)),
                assertThrows(
                        ClusterException.class, () -> cluster.mergePatchStatus(ROLLOUT, "shop", "checkout", abort)),
                assertThrows(
                        ClusterException.class, () -> cluster.jsonPatch(ROLLOUT, "shop", "checkout", pause(seen))))) {
            assertEquals(Fault.CONFLICT, fault.fault(), fault.getMessage());
        }
        assertEquals(now, server.object(ROLLOUT, "shop", "checkout"));
        assertEquals(List.of(), server.applied());
    }

    @Test
    void aPatchThatCarriesTheCurrentVersionIsCarriedOutOnce() throws Exception {
        var patch = json("{'metadata': {'resourceVersion': '" + version() + "'}, 'spec': {'paused': true}}");
        cluster.mergePatch(ROLLOUT, "shop", "checkout", patch);
        assertEquals(
                Fault.CONFLICT,
                assertThrows(ClusterException.class, () -> cluster.mergePatch(ROLLOUT, "shop", "checkout", patch))
                        .fault());
        assertEquals(1, server.applied().size());
    }

    @Test
    void aJsonPatchWhoseTestHoldsIsCarriedOut() throws Exception {
        var after = cluster.jsonPatch(ROLLOUT, "shop", "checkout", pause(version()));
        assertTrue(after.at("/spec/paused").asBoolean());
    }

    @Test
    void aJsonPatchThatIsWrongInItselfIsNoConflict() throws Exception {
        var operations = (ArrayNode) json("[{'op': 'test', 'path': '/metadata/resourceVersion', 'value': '" + version()
                + "'}, {'op': 'replace', 'path': '/spec/absent/key', 'value': 1}]");
        var fault =
                assertThrows(ClusterException.class, () -> cluster.jsonPatch(ROLLOUT, "shop", "checkout", operations));
        assertEquals(Fault.INVALID, fault.fault());
    }

    @Test
    void aPatchOfWhatIsGoneSaysSo() {
        var fault = assertThrows(
                ClusterException.class, () -> cluster.mergePatch(ROLLOUT, "shop", "cart", json("{'spec': {}}")));
        assertEquals(Fault.NOT_FOUND, fault.fault());
        assertEquals(
                "cluster 'prod': PATCH rollouts shop/cart: answered 404: rollouts.argoproj.io \"cart\" not found",
                fault.getMessage());
    }

    private String version() {
        return server.object(ROLLOUT, "shop", "checkout")
                .orElseThrow()
                .at("/metadata/resourceVersion")
                .asText();
    }

    private List<String> names(Map<String, String> labels) throws ClusterException {
        return cluster.list(ROLLOUT, "shop", labels).stream()
                .map(object -> object.at("/metadata/name").asText())
                .toList();
    }

    private static ArrayNode pause(String seen) throws Exception {
        return (ArrayNode) json("[{'op': 'test', 'path': '/metadata/resourceVersion', 'value': '" + seen
                + "'}, {'op': 'replace', 'path': '/spec/paused', 'value': true}]");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
