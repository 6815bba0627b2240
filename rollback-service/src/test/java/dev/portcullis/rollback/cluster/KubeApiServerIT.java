package dev.portcullis.rollback.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.kit.client.Breakers;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.rollback.cluster.ClusterException.Fault;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real API server, and what the manifests of {@code deploy/rbac} allow. Needs kube-apiserver and etcd, which no package has together. */
@Tag("extra")
final class KubeApiServerIT extends ClusterContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DEFINITIONS = "apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String RIGHTS = "apis/rbac.authorization.k8s.io/v1/namespaces/shop/";

    @TempDir
    private static Path folder;

    private static KubeApiServer server;
    private static Clusters clusters;

    @BeforeAll
    static void start() throws Exception {
        var missing = KubeApiServer.missing();
        assumeTrue(missing.isEmpty(), "not on the PATH: " + String.join(", ", missing));
        server = new KubeApiServer(folder);
        clusters = clusters(server.kubeconfig(KubeApiServer.ADMINISTRATOR), server.kubeconfig(KubeApiServer.ACCOUNT));
        for (var namespace : List.of("shop", "bank")) {
            server.administer("POST", "api/v1/namespaces", "{\"metadata\": {\"name\": \"" + namespace + "\"}}");
        }
        define(ROLLOUT, "status: {}");
        define(APPLICATION, "");
    }

    private static Clusters clusters(Path administrator, Path account) {
        var settings = Map.of("prod", settings("prod", administrator), "account", settings("account", account));
        var breakers = new Breakers(new SimpleMeterRegistry());
        return new Clusters(() -> settings, Map.of(), OpenTelemetry.noop(), breakers, Clock.systemUTC());
    }

    private static ClusterSettings settings(String name, Path kubeconfig) {
        var access = new ClusterSettings.Access.Kubeconfig(kubeconfig, Optional.empty());
        return new ClusterSettings(name, access, LIMIT);
    }

    private static void define(ResourceKind kind, String subresources) throws Exception {
        var definition =
                Yaml.object("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %2$s.%1$s
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {plural: %2$s, kind: %3$s}
                  versions:
                    - name: %4$s
                      served: true
                      storage: true
                      subresources: {%5$s}
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(kind.group(), kind.plural(), kind.kind(), kind.version(), subresources));
        server.administer("POST", DEFINITIONS, definition.toString());
        Await.until(kind.plural() + " are served", LIMIT, () -> server.administer("GET", kind.path("shop"), "") == 200);
    }

    @AfterAll
    static void stop() {
        if (clusters != null) {
            clusters.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    @Override
    void fill() throws Exception {
        for (var namespace : List.of("shop", "bank")) {
            server.administer("DELETE", ROLLOUT.path(namespace), "");
            server.administer("DELETE", APPLICATION.path(namespace), "");
        }
        super.fill();
    }

    @Override
    Cluster cluster() throws ClusterException {
        return clusters.named("prod");
    }

    @Override
    void put(ResourceKind kind, String namespace, String yaml) throws Exception {
        ObjectNode object =
                Yaml.object(yaml).put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        assertEquals(201, server.administer("POST", kind.path(namespace), object.toString()));
        if (object.has("status") && kind.equals(ROLLOUT)) {
            var status = object.objectNode();
            status.set("status", object.get("status"));
            cluster()
                    .mergePatchStatus(
                            kind, namespace, object.at("/metadata/name").asText(), status);
        }
    }

    @Test
    void theManifestOfATargetAllowsWhatItDoesAndNothingElse() throws Exception {
        apply(Path.of("..", "deploy", "rbac", "argo-rollouts.yaml"));
        var account = clusters.named("account");
        // Rights count within a moment of their creation.
        Await.until("the account may look", LIMIT, () -> account.get(ROLLOUT, "shop", "checkout")
                .isPresent());
        assertEquals(Optional.of(true), account.allows(ResourceAccess.to("patch", ROLLOUT, "shop", "checkout")));
        assertEquals(Optional.of(true), account.allows(ResourceAccess.toStatus("patch", ROLLOUT, "shop", "checkout")));
        assertEquals(Optional.of(false), account.allows(ResourceAccess.to("patch", ROLLOUT, "bank", "checkout")));
        assertEquals(Optional.of(false), account.allows(ResourceAccess.toAll("list", ROLLOUT, "shop")));
        account.mergePatch(ROLLOUT, "shop", "checkout", json("{spec: {paused: true}}"));
        account.mergePatchStatus(ROLLOUT, "shop", "checkout", json("{status: {abort: true}}"));
        account.list(ResourceKind.REPLICA_SET, "shop", Map.of());
        assertTrue(account.get(ResourceKind.DEPLOYMENT, "shop", "checkout").isEmpty());
        assertWordIsLeft(account.get(ROLLOUT, "shop", "checkout").orElseThrow());
        var secret = new ResourceKind("", "v1", "secrets", "Secret");
        assertDenied(() -> account.get(secret, "shop", "checkout"));
        assertDenied(() -> account.get(ROLLOUT, "bank", "checkout"));
        assertDenied(() -> account.get(APPLICATION, "shop", "pay"));
        assertDenied(() -> account.list(ROLLOUT, "shop", Map.of()));
    }

    /** Twice, and in full, with a reason that is longer than an Event can be. */
    private static void assertWordIsLeft(JsonNode rollout) throws Exception {
        var uid = rollout.at("/metadata/uid").asText();
        var place = new NoticePlace("account", ROLLOUT, "shop", "checkout", uid);
        var order = new RollbackOrder("checkout", "", "7d9c8", "5f6b7", "ü".repeat(1000));
        var target = new TargetSettings("argo-rollouts", "argo-rollouts account/shop/checkout", Map.of());
        var notice = new Notice(new Assignment("rollbacks/1", "1/1", 1, order, target), "", place);
        assertEquals(Optional.empty(), notice.leave(clusters));
        assertEquals(Optional.empty(), notice.leave(clusters));
        var now = clusters.named("prod").get(ROLLOUT, "shop", "checkout").orElseThrow();
        assertEquals(
                order.reason(),
                now.at("/metadata/annotations/portcullis.dev~1reason").asText());
        var events = clusters.named("prod").list(ResourceKind.EVENT, "shop", Map.of());
        assertEquals(
                List.of(uid),
                events.stream()
                        .map(event -> event.at("/regarding/uid").asText())
                        .toList());
    }

    private static void apply(Path manifest) throws Exception {
        for (var text : Files.readString(manifest).split("\n---\n", -1)) {
            var object = Yaml.object(text);
            var path = RIGHTS + (object.path("kind").asText().equals("Role") ? "roles" : "rolebindings");
            assertEquals(201, server.administer("POST", path, object.toString()));
        }
    }

    private static void assertDenied(Executable request) {
        assertEquals(Fault.DENIED, assertThrows(ClusterException.class, request).fault());
    }
}
