package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds of any cluster. Each test finds one Rollout, {@code shop/checkout}, whose kind keeps its status apart, and one Application, {@code shop/pay},
 * whose kind does not, and nothing else of those kinds.
 */
abstract class ClusterContract {
    static final ResourceKind ROLLOUT = new ResourceKind("argoproj.io", "v1alpha1", "rollouts", "Rollout");
    static final ResourceKind APPLICATION = new ResourceKind("argoproj.io", "v1alpha1", "applications", "Application");

    /** The cluster. */
    abstract Cluster cluster() throws ClusterException;

    /** Makes an object with its status. */
    abstract void put(ResourceKind kind, String namespace, String yaml) throws Exception;

    @BeforeEach
    void fill() throws Exception {
        put(ROLLOUT, "shop", """
                metadata: {name: checkout, labels: {app: checkout, app.kubernetes.io/part-of: shop}}
                spec: {paused: false, replicas: 3}
                status: {abort: false, phase: Progressing}
                """);
        put(APPLICATION, "shop", "{metadata: {name: pay}, spec: {project: shop}, status: {sync: OutOfSync}}");
    }

    private JsonNode seen() throws ClusterException {
        return cluster().get(ROLLOUT, "shop", "checkout").orElseThrow();
    }

    @Test
    void anObjectIsReadWithItsStatus() throws Exception {
        assertEquals("Progressing", seen().at("/status/phase").asText());
        assertEquals("Rollout", seen().path("kind").asText());
    }

    @Test
    void whatIsNotThereIsEmptyAndOfAnUnknownKindTooButCannotBeListed() throws Exception {
        var unknown = new ResourceKind("example.com", "v1", "gadgets", "Gadget");
        assertEquals(Optional.empty(), cluster().get(ROLLOUT, "shop", "cart"));
        assertEquals(Optional.empty(), cluster().get(unknown, "shop", "cart"));
        var fault = assertThrows(ClusterException.class, () -> cluster().list(unknown, "shop", Map.of()));
        assertEquals(Fault.NOT_FOUND, fault.fault());
    }

    @Test
    void aListHasTheObjectsWithAllOfTheLabels() throws Exception {
        put(ROLLOUT, "shop", "metadata: {name: cart, labels: {app: cart, app.kubernetes.io/part-of: shop}}");
        put(ROLLOUT, "bank", "metadata: {name: checkout, labels: {app: checkout}}");
        assertEquals(List.of("checkout"), names(Map.of("app", "checkout", "app.kubernetes.io/part-of", "shop")));
        assertEquals(List.of("cart", "checkout"), names(Map.of("app.kubernetes.io/part-of", "shop")));
        assertEquals(List.of("cart", "checkout"), names(Map.of()));
        assertEquals(List.of(), names(Map.of("app", "cart", "app.kubernetes.io/part-of", "bank")));
    }

    @Test
    void aMergePatchChangesTheSpecButNotAStatusThatIsKeptApart() throws Exception {
        var patch = json("{'spec': {'paused': true, 'replicas': null}, 'status': {'abort': true}}");
        var after = cluster().mergePatch(ROLLOUT, "shop", "checkout", patch);
        assertTrue(after.at("/spec/paused").asBoolean());
        assertFalse(after.at("/spec").has("replicas"));
        assertFalse(after.at("/status/abort").asBoolean());
        assertEquals(2, after.at("/metadata/generation").asInt());
        assertEquals(after, seen());
    }

    @Test
    void aPatchOfTheStatusChangesNothingElse() throws Exception {
        var patch = json("{'spec': {'paused': true}, 'status': {'abort': true}}");
        var after = cluster().mergePatchStatus(ROLLOUT, "shop", "checkout", patch);
        assertFalse(after.at("/spec/paused").asBoolean());
        assertTrue(after.at("/status/abort").asBoolean());
        assertEquals("Progressing", after.at("/status/phase").asText());
        assertEquals(1, after.at("/metadata/generation").asInt());
    }

    @Test
    void aPatchThatCarriesAnOldVersionIsAConflictAndChangesNothing() throws Exception {
        var seen = version();
        cluster().mergePatchStatus(ROLLOUT, "shop", "checkout", json("{'status': {'phase': 'Paused'}}"));
        var now = seen();
        var patch = json("{'metadata': {'resourceVersion': '" + seen + "'}, 'spec': {'paused': true}}");
        var abort = json("{'metadata': {'resourceVersion': '" + seen + "'}, 'status': {'abort': true}}");
        for (var fault : List.of(
                assertThrows(ClusterException.class, () -> cluster().mergePatch(ROLLOUT, "shop", "checkout", patch)),
                assertThrows(
                        ClusterException.class, () -> cluster().mergePatchStatus(ROLLOUT, "shop", "checkout", abort)),
                assertThrows(
                        ClusterException.class, () -> cluster().jsonPatch(ROLLOUT, "shop", "checkout", pause(seen))))) {
            assertEquals(Fault.CONFLICT, fault.fault(), fault.getMessage());
        }
        assertEquals(now, seen());
    }

    @Test
    void aPatchThatCarriesTheCurrentVersionIsCarriedOutOnce() throws Exception {
        var patch = json("{'metadata': {'resourceVersion': '" + version() + "'}, 'spec': {'paused': true}}");
        cluster().mergePatch(ROLLOUT, "shop", "checkout", patch);
        assertEquals(
                Fault.CONFLICT,
                assertThrows(ClusterException.class, () -> cluster().mergePatch(ROLLOUT, "shop", "checkout", patch))
                        .fault());
    }

    @Test
    void aJsonPatchWhoseTestHoldsIsCarriedOut() throws Exception {
        var after = cluster().jsonPatch(ROLLOUT, "shop", "checkout", pause(version()));
        assertTrue(after.at("/spec/paused").asBoolean());
    }

    @Test
    void aJsonPatchThatIsWrongInItselfIsNoConflict() throws Exception {
        var operations = operations("[{'op': 'test', 'path': '/metadata/resourceVersion', 'value': '" + version()
                + "'}, {'op': 'replace', 'path': '/spec/absent/key', 'value': 1}]");
        var fault = assertThrows(
                ClusterException.class, () -> cluster().jsonPatch(ROLLOUT, "shop", "checkout", operations));
        assertEquals(Fault.INVALID, fault.fault());
    }

    @Test
    void aPatchThatChangesNothingLeavesVersionAndGeneration() throws Exception {
        var before = seen();
        assertEquals(before, cluster().mergePatch(ROLLOUT, "shop", "checkout", json("{'spec': {'paused': false}}")));
        assertEquals(before, seen());
    }

    private static final String POD = """
            {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a, env: [{name: KEY, value: s3cret}]}]}}""";

    private void putDeployment(String name) throws Exception {
        put(
                ResourceKind.DEPLOYMENT,
                "shop",
                "{metadata: {name: " + name + "}, spec: {selector: {matchLabels: {app: a}}, template: " + POD + "}}");
    }

    private String refused(String name, String patch) {
        var fault = assertThrows(
                ClusterException.class, () -> cluster().mergePatch(ResourceKind.DEPLOYMENT, "shop", name, json(patch)));
        assertEquals(Fault.INVALID, fault.fault(), fault.getMessage());
        assertFalse(fault.getMessage().contains("s3cret"), fault.getMessage());
        return fault.getMessage();
    }

    @Test
    void aFieldThatTheKindDoesNotHaveIsRefusedByNameAndNotDropped() throws Exception {
        putDeployment("strict");
        var told = refused("strict", "{'spec': {'pause': true}}");
        assertTrue(told.contains("strict decoding error: unknown field \"spec.pause\""), told);
    }

    @Test
    void aFieldOfAnotherTypeIsRefused() throws Exception {
        putDeployment("typed");
        refused("typed", "{'spec': {'paused': 'yes'}}");
        refused("typed", "{'spec': {'replicas': 'three'}}");
    }

    @Test
    void whoMayDoEverythingIsToldSo() throws Exception {
        cluster().greet();
        assertEquals(
                Optional.of(true), cluster().allows(ResourceAccess.toStatus("patch", ROLLOUT, "shop", "checkout")));
        assertEquals(
                Optional.of(true), cluster().allows(ResourceAccess.toAll("list", ResourceKind.REPLICA_SET, "shop")));
    }

    @Test
    void theIdentityOfAnObjectCannotBeChanged() {
        var other = json("{'metadata': {'uid': 'b1c5f0de-0000-4000-8000-000000000000'}, 'spec': {'paused': true}}");
        var fault =
                assertThrows(ClusterException.class, () -> cluster().mergePatch(ROLLOUT, "shop", "checkout", other));
        assertEquals(Fault.INVALID, fault.fault());
    }

    @Test
    void whereTheStatusIsNotKeptApartItIsChangedWithTheRestAndHasNoAddress() throws Exception {
        var patch = json("{'operation': {'retry': {}}, 'status': {'sync': 'Synced'}}");
        var after = cluster().mergePatch(APPLICATION, "shop", "pay", patch);
        assertEquals("Synced", after.at("/status/sync").asText());
        assertTrue(after.has("operation"));
        assertEquals(2, after.at("/metadata/generation").asInt());
        var fault = assertThrows(
                ClusterException.class, () -> cluster().mergePatchStatus(APPLICATION, "shop", "pay", patch));
        assertEquals(Fault.NOT_FOUND, fault.fault());
    }

    @Test
    void aPatchOfWhatIsGoneSaysSo() {
        var fault = assertThrows(
                ClusterException.class, () -> cluster().mergePatch(ROLLOUT, "shop", "cart", json("{'spec': {}}")));
        assertEquals(Fault.NOT_FOUND, fault.fault());
        assertEquals(
                "cluster 'prod': PATCH rollouts shop/cart: answered 404: rollouts.argoproj.io \"cart\" not found",
                fault.getMessage());
    }

    private String version() throws ClusterException {
        return seen().at("/metadata/resourceVersion").asText();
    }

    private List<String> names(Map<String, String> labels) throws ClusterException {
        return cluster().list(ROLLOUT, "shop", labels).stream()
                .map(object -> object.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    private static ArrayNode operations(String text) {
        return (ArrayNode) json("{all: " + text + "}").path("all");
    }

    private static ArrayNode pause(String seen) {
        return operations("[{'op': 'test', 'path': '/metadata/resourceVersion', 'value': '" + seen
                + "'}, {'op': 'replace', 'path': '/spec/paused', 'value': true}]");
    }

    static JsonNode json(String text) {
        return Yaml.object(text);
    }
}
