package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.testing.PlayedGitHub;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for a request of GitHub, and what is refused. */
final class ProtectionRuleWebhookIT {
    private static final String SHA = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";

    @TempDir
    static Path folder;

    private static PlayedGitHub github;
    private static GateUnderTest gate;

    @BeforeAll
    static void start() throws IOException {
        github = new PlayedGitHub(Files.createDirectories(folder.resolve("github")));
        var configuration = Files.createDirectories(folder.resolve("configuration"));
        Files.writeString(configuration.resolve("github.yaml"), github.configuration("canary-1"));
        GateUnderTest.policy(configuration, "checkout", "");
        gate = new GateUnderTest(configuration);
    }

    @AfterAll
    static void stop() {
        gate.close();
        github.close();
    }

    private static HttpResponse<String> deliver(String delivery, String body) {
        return deliver(delivery, body, PlayedGitHub.signature(body), "deployment_protection_rule");
    }

    private static HttpResponse<String> deliver(String delivery, String body, String signature, String event) {
        return gate.send(HttpRequest.newBuilder(gate.uri("/v1/github/protection-rule"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", signature)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void whatIsNotSignedByGitHubIsRefusedAndNotKept() {
        var body = github.webhook(1, "production", SHA);
        for (var signature : List.of(
                "",
                "sha256=",
                PlayedGitHub.signature(body + " "),
                PlayedGitHub.signature(body).substring(7))) {
            var refused = signature.isEmpty()
                    ? gate.send(HttpRequest.newBuilder(gate.uri("/v1/github/protection-rule"))
                            .header("X-GitHub-Event", "deployment_protection_rule")
                            .header("X-GitHub-Delivery", "d1")
                            .POST(BodyPublishers.ofString(body)))
                    : deliver("d1", body, signature, "deployment_protection_rule");
            assertEquals(401, refused.statusCode(), signature);
            assertTrue(refused.body().contains(signature.isEmpty() ? "is missing" : "is not that of"), refused::body);
            assertTrue(refused.body().contains("sha256= and the HMAC-SHA256 of the body"), refused::body);
        }
        assertEquals("", gate.protectionRuleState("d1"));
    }

    @Test
    void otherEventsAreTakenAndNothingComesOfThem() {
        var ping = "{\"zen\":\"Keep it logically awesome.\"}";
        assertEquals(
                200, deliver("d1", ping, PlayedGitHub.signature(ping), "ping").statusCode());
        var other = github.webhook(1, "production", SHA).replace("requested", "cancelled");
        assertEquals("{\"request\":\"NOTHING_TO_DO\"}", deliver("d2", other).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"full_name\":\"shop/checkout\" | \"full_name\":\"shop/../../x\" | repository.full_name",
                "\"sha\":\"0f1e | \"sha\":\"../0f1e | deployment.sha",
                "/runs/1/ | /runs/1/../2/ | deployment_callback_url",
                "/runs/1/ | /runs/99999999999999999999/ | deployment_callback_url",
                "\"id\":815 | \"id\":\"815\" | installation.id",
                "\"id\":4711 | \"id\":-1 | repository.id",
                "\"environment\":\"production\",\"event\" | \"event\" | environment",
            })
    void whatIsNotAsGitHubSendsItIsNamed(String part, String other, String field) {
        var body = github.webhook(1, "production", SHA).replace(part, other);
        var refused = deliver("d1", body);
        assertEquals(400, refused.statusCode(), refused::body);
        assertEquals(field, GateUnderTest.json(refused).path("field").asText());
    }
}
