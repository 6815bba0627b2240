package dev.portcullis.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.Kubeconfigs;
import dev.portcullis.kit.testing.ShopDocuments;
import dev.portcullis.kit.testing.StubHttpServer;
import dev.portcullis.kit.testing.StubHttpServer.Request;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clusters of rollback targets, and what their accounts may do there. */
final class RightsExaminationIT {
    private static final String UNTIL = "until then an ABORT is not followed by a rollback";
    private static final String WHERE = " checkout in namespace shop";

    @TempDir
    Path folder;

    private List<String> told(String clusterSpec) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/shop.yaml"),
                ShopDocuments.file(
                        """
                        apiVersion: portcullis.dev/v1
                        kind: Cluster
                        metadata: {name: prod}
                        spec: {%s}
                        """.formatted(clusterSpec),
                        ShopDocuments.policy(
                                "{slo: errors}", "rollback: {target: deployment, cluster: prod, namespace: shop}"),
                        ShopDocuments.slo("errors", "type: Prometheus", "bad", "errors_total", "requests_total")));
        return ExaminationResults.lines(new RollbackExamination(), folder, Map.of());
    }

    private String kubeconfig(String server) throws IOException {
        return "kubeconfig: " + Files.writeString(folder.resolve("kubeconfig"), Kubeconfigs.of(server));
    }

    private static Response review(Request request, boolean allowed) {
        if (request.uri().getPath().equals("/readyz")) {
            return Response.text(200, "ok");
        }
        assertEquals("POST", request.method());
        assertEquals(
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                request.uri().getPath());
        return Response.json(201, "{\"status\": {\"allowed\": " + allowed + "}}");
    }

    private List<String> toldBy(Function<Request, Response> server) throws IOException {
        try (var api = new StubHttpServer(server)) {
            return told(kubeconfig(api.address()));
        }
    }

    @Test
    void rightsThatAreThereAreWell() throws IOException {
        assertEquals(
                List.of("ok   rollback      the deployment of checkout: its account may get deployments.apps" + WHERE
                        + ", patch deployments.apps" + WHERE + ", list replicasets.apps in namespace shop"),
                toldBy(request -> review(request, true)));
    }

    @Test
    void aRightThatIsMissingFailsWithWhatGivesIt() throws IOException {
        assertEquals(
                List.of(
                        "FAIL rollback      spec.rollback of checkout: the account may not patch deployments.apps"
                                + WHERE,
                        "fix: give it that right: kubectl -n shop apply -f deploy/rbac/deployment.yaml; " + UNTIL),
                toldBy(request -> review(request, !request.body().contains("\"patch\""))));
    }

    @Test
    void rightsThatAreNotToldAreAWarning() throws IOException {
        assertEquals(
                List.of(
                        "warn rollback      spec.rollback of checkout: whether the account may get deployments.apps"
                                + WHERE
                                + ", patch deployments.apps" + WHERE
                                + ", list replicasets.apps in namespace shop is not known: cluster 'prod' does not tell its"
                                + " account what that may do (it refuses to create selfsubjectaccessreviews.authorization.k8s.io)",
                        "fix: give it back the role system:basic-user, or see by kubectl -n shop apply -f"
                                + " deploy/rbac/deployment.yaml that it may"),
                toldBy(request -> Response.json(403, "{\"kind\": \"Status\", \"message\": \"forbidden\"}")));
    }

    @Test
    void aKubeconfigThatIsNotThereFails() throws IOException {
        assertEquals(
                List.of(
                        "FAIL rollback      spec.rollback of checkout: cluster 'prod': kubeconfig /nowhere/config (current"
                                + " context) does not exist or may not be read",
                        "fix: fix the Cluster, its kubeconfig or its credentials; " + UNTIL),
                told("kubeconfig: /nowhere/config"));
    }

    @Test
    void aServerThatIsGoneOrRefusesTheCredentialsFailsWithItsAddress() throws IOException {
        var gone = told(kubeconfig("http://127.0.0.1:1"));
        assertTrue(gone.getFirst().startsWith("FAIL rollback      spec.rollback of checkout: cluster 'prod': POST "));
        assertTrue(gone.getFirst().endsWith(": no connection to 127.0.0.1:1: refused"), gone.getFirst());
        var refused = toldBy(request -> Response.json(401, "{\"kind\": \"Status\", \"message\": \"Unauthorized\"}"));
        assertTrue(refused.getFirst().startsWith("FAIL rollback "), refused.getFirst());
        assertTrue(refused.getFirst().endsWith("answered 401: Unauthorized"), refused.getFirst());
    }
}
