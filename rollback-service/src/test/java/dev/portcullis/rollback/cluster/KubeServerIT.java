package dev.portcullis.rollback.cluster;

import static dev.portcullis.rollback.cluster.ClusterContract.ROLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.rollback.workload.ReplicaSets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The played API server refuses what a real one refuses; the answers were seen at kube-apiserver 1.34. */
final class KubeServerIT {
    private static final String ROLLOUTS = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";
    private static final String MERGE = "application/merge-patch+json";

    private final KubeServer server = new KubeServer();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void fill() {
        server.put(ROLLOUT, "shop", "{metadata: {name: checkout}, spec: {paused: false, replicas: 3}}");
        server.put(
                ResourceKind.DEPLOYMENT,
                "shop",
                "{metadata: {name: checkout}, spec: {replicas: 3, selector: {matchLabels: {app: checkout}}, template: "
                        + ReplicaSets.template("1") + "}}");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PATCH, " + ROLLOUTS,
        "PUT, " + ROLLOUTS,
        "POST, " + ROLLOUTS + "/checkout",
        "POST, " + ROLLOUTS + "/checkout/status",
        "GET, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    })
    void aVerbThatAnAddressDoesNotKnowIs405(String method, String path) throws Exception {
        var answer = send(method, path, method.equals("GET") ? "" : MERGE, method.equals("GET") ? "" : "{}");
        assertEquals(405, answer.statusCode());
        assertEquals(
                "the server does not allow this method on the requested resource",
                json(answer).path("message").asText());
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                ROLLOUTS + "/checkout | {\"spec\": {\"paused\": \"yes\"}}",
                ROLLOUTS + "/checkout | {\"spec\": {\"replicas\": \"three\"}}",
                ROLLOUTS + "/checkout/status | {\"status\": {\"abort\": \"true\"}}",
                DEPLOYMENTS + "/checkout | {\"spec\": {\"replicas\": \"three\"}}",
                DEPLOYMENTS + "/checkout | {\"spec\": {\"paused\": {}}}",
            })
    void aFieldOfAnotherTypeIs422AndChangesNothing(String path, String patch) throws Exception {
        assertEquals(422, send("PATCH", path, MERGE, patch).statusCode());
        assertEquals(0, server.applied().size());
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                ROLLOUTS + "/checkout | {\"spec\": {\"pause\": true}} | spec.pause",
                ROLLOUTS + "/checkout/status | {\"status\": {\"aborted\": true}} | status.aborted",
                DEPLOYMENTS
                        + "/checkout | {\"spec\": {\"template\": {\"spec\": {\"pods\": 3}}}} | spec.template.spec.pods",
            })
    void aFieldThatTheKindDoesNotHaveIs422WhereThatIsAsked(String path, String patch, String field) throws Exception {
        var strict = send("PATCH", path + "?fieldManager=portcullis&fieldValidation=Strict", MERGE, patch);
        assertEquals(422, strict.statusCode());
        assertTrue(
                json(strict)
                        .path("message")
                        .asText()
                        .endsWith("strict decoding error: unknown field \"" + field + "\""),
                strict.body());
        assertEquals(200, send("PATCH", path, MERGE, patch).statusCode());
    }

    @Test
    void aPatchOfAnotherFormIs415() throws Exception {
        assertEquals(
                415,
                send("PATCH", ROLLOUTS + "/checkout", "application/json", "{\"spec\": {}}")
                        .statusCode());
    }

    @Test
    void aChangeToBeTriedIsAnsweredAndNotKept() throws Exception {
        var tried = send("PATCH", ROLLOUTS + "/checkout?dryRun=All", MERGE, "{\"spec\": {\"paused\": true}}");
        assertEquals(200, tried.statusCode());
        assertTrue(json(tried).at("/spec/paused").asBoolean());
        assertFalse(server.object(ROLLOUT, "shop", "checkout")
                .orElseThrow()
                .at("/spec/paused")
                .asBoolean());
        assertEquals(0, server.applied().size());
    }

    @Test
    void whoLacksARightIsForbiddenToTheVerbAndToNothingElse() throws Exception {
        server.grantOnly(Path.of("..", "deploy", "rbac", "istio.yaml"));
        var refused = send("GET", ROLLOUTS + "/checkout", "", "");
        assertEquals(403, refused.statusCode());
        assertEquals(
                "rollouts.argoproj.io \"checkout\" is forbidden: User"
                        + " \"system:serviceaccount:portcullis:portcullis-rollback\" cannot get resource \"rollouts\" in API"
                        + " group \"argoproj.io\" in the namespace \"shop\"",
                json(refused).path("message").asText());
        server.grantOnly(Path.of("..", "deploy", "rbac", "argo-rollouts.yaml"));
        server.revoke("patch argoproj.io/rollouts");
        assertEquals(200, send("GET", ROLLOUTS + "/checkout", "", "").statusCode());
        assertEquals(
                403,
                send("PATCH", ROLLOUTS + "/checkout", MERGE, "{\"spec\": {}}").statusCode());
        assertEquals(
                200,
                send("PATCH", ROLLOUTS + "/checkout/status", MERGE, "{\"status\": {\"abort\": true}}")
                        .statusCode());
        assertEquals(403, send("GET", ROLLOUTS, "", "").statusCode());
    }

    @Test
    void anObjectIsMadeOnceAndDeletedByADeleteWithoutABody() throws Exception {
        var made = "{\"metadata\": {\"name\": \"cart\"}, \"spec\": {\"paused\": true}}";
        assertEquals(201, send("POST", ROLLOUTS, "application/json", made).statusCode());
        assertEquals(409, send("POST", ROLLOUTS, "application/json", made).statusCode());
        assertEquals(
                400,
                send(
                                "POST",
                                ROLLOUTS,
                                "application/json",
                                made.replace("true", "3").replace("cart", "pay"))
                        .statusCode());
        assertEquals(200, send("DELETE", ROLLOUTS + "/cart", "", "").statusCode());
        assertEquals(404, send("DELETE", ROLLOUTS + "/cart", "", "").statusCode());
    }

    @Test
    void theItemsOfAListOfABuiltInKindDoNotSayWhatTheyAreButACallerIsTold() throws Exception {
        assertFalse(json(send("GET", DEPLOYMENTS, "", "")).at("/items/0").has("kind"));
        assertTrue(json(send("GET", ROLLOUTS, "", "")).at("/items/0").has("kind"));
        try (var clusters = server.clusters()) {
            var listed = clusters.named("default").list(ResourceKind.DEPLOYMENT, "shop", Map.of());
            assertEquals("Deployment", listed.getFirst().path("kind").asText());
            assertEquals("apps/v1", listed.getFirst().path("apiVersion").asText());
        }
    }
}
