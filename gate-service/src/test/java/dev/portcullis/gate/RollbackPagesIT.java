package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.gate.v1.PromoteReleaseRequest;
import dev.portcullis.proto.rollback.v1.ErrorReason;
import dev.portcullis.proto.rollback.v1.Rollback;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the console shows of a release's evidence, and a rollback in two clicks, by a running gate. */
final class RollbackPagesIT {
    @AutoClose
    private final GateUnderTest gate = GateUnderTest.ofCheckout();

    private String release;

    @BeforeEach
    void openARelease() {
        release = gate.poll("c1").path("release").textValue();
    }

    private String page() {
        return "/console/" + release;
    }

    private HttpResponse<String> get(String path) {
        return gate.send(HttpRequest.newBuilder(gate.uri(path)).GET());
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return gate.send(HttpRequest.newBuilder(gate.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String field(String page, String name) {
        var found = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertTrue(found.find(), page);
        return found.group(1);
    }

    @Test
    void thePageOfAReleaseShowsItsEvidence() {
        gate.analysis.say("c1", told -> told.setEvidence(FakeAnalysis.evidence(Math.log(8), 0)));
        Await.until("the evidence", LIMIT, () -> get(page()).body().contains("against 8 : 1"));
        var shown = get(page()).body();
        assertTrue(shown.contains("class=\"chart bands\""), shown);
        assertTrue(shown.contains("Objectives, worst first"), shown);
        gate.analysisServer.stop();
        gate.analysis.say("c1", told -> told.setEvidence(FakeAnalysis.evidence(0, 0)));
        Await.until("the page without", LIMIT, () -> get(page())
                .body()
                .contains("analysis-service cannot be asked just now"));
        assertEquals(200, get(page()).statusCode());
    }

    @Test
    void aPromotedReleaseIsRolledBackInTwoClicks() {
        gate.grpc()
                .promoteRelease(PromoteReleaseRequest.newBuilder()
                        .setName(release)
                        .setReason("fine")
                        .build());
        var token = field(get(page()).body(), "token");
        var prepared = post(page() + "/rollback/preparation", Map.of("token", token, "reason", "users complain"));
        assertEquals(200, prepared.statusCode(), prepared.body());
        assertTrue(prepared.body().contains("canary at 10 %"), prepared.body());
        assertTrue(prepared.body().contains("all traffic on stable"), prepared.body());
        assertTrue(prepared.body().contains("GITOPS_MAY_REVERT"), prepared.body());
        assertEquals(0, gate.rollback.rollbacks(), "nothing is started by looking");
        var asked = gate.rollback.asked().getLast();
        assertEquals("users complain", asked.getReason());
        assertEquals("local", asked.getCaller());
        assertEquals(release, asked.getRelease());

        var second =
                Map.of("token", field(prepared.body(), "token"), "preparation", field(prepared.body(), "preparation"));
        var started = post(page() + "/rollback/start", second);
        assertEquals(303, started.statusCode(), started.body());
        assertEquals(1, gate.rollback.rollbacks());
        assertEquals(
                started.headers().firstValue("location"),
                post(page() + "/rollback/start", second).headers().firstValue("location"),
                "sent twice it is one rollback");
        assertEquals(1, gate.rollback.rollbacks());

        gate.rollback.stands(Rollback.State.NEEDS_HUMAN, "istio said no. Next: kubectl get virtualservice");
        var path = started.headers().firstValue("location").orElseThrow();
        var shown = get(path).body();
        assertTrue(shown.contains("<code>kubectl get virtualservice</code>"), shown);
        assertTrue(get(path + "/progress").body().contains("NEEDS_HUMAN"));
    }

    @Test
    void ofAnOpenReleaseTheSecondClickAbortsIt() {
        var token = field(get(page()).body(), "token");
        var prepared = post(page() + "/rollback/preparation", Map.of("token", token, "reason", "users complain"));
        assertEquals(200, prepared.statusCode(), prepared.body());
        assertTrue(prepared.body().contains("action=\"" + page() + "/abort\""), prepared.body());
        var aborted = post(
                page() + "/abort",
                Map.of("token", field(prepared.body(), "token"), "reason", field(prepared.body(), "reason")));
        assertEquals(303, aborted.statusCode(), aborted.body());
        Await.until("its rollback", LIMIT, () -> gate.rollback.rollbacks() == 1);
        assertEquals("ABORTED", gate.release(release).getState().name());
    }

    @Test
    void formsOfOthersAndWhatCannotBeDoneAreRefused() {
        var forged = post(page() + "/rollback/preparation", Map.of("token", "x", "reason", "users complain"));
        assertEquals(403, forged.statusCode());
        assertEquals(
                403,
                post(page() + "/rollback/start", Map.of("token", "x", "preparation", "y"))
                        .statusCode());
        var token = field(get(page()).body(), "token");
        var without = post(page() + "/rollback/preparation", Map.of("token", token));
        assertEquals(400, without.statusCode());
        gate.rollback.refuse(ErrorReason.ALREADY_RESTORED);
        var restored = post(page() + "/rollback/preparation", Map.of("token", token, "reason", "users complain"));
        assertEquals(409, restored.statusCode(), restored.body());
        assertTrue(restored.body().contains("rollback-service says no"), restored.body());
        var unknown = post(page() + "/rollback/start", Map.of("token", token, "preparation", "y"));
        assertEquals(409, unknown.statusCode(), unknown.body());
        assertEquals(0, gate.rollback.rollbacks());
        gate.rollbackServer.stop();
        var away = post(page() + "/rollback/preparation", Map.of("token", token, "reason", "users complain"));
        assertEquals(503, away.statusCode(), away.body());
    }

    @Test
    void aRollbackThatIsNotThereIsToldSo() {
        gate.rollback.expireRecord();
        var missing = get("/console/rollbacks/8d2f0c4e-0000-4000-8000-000000000001");
        assertEquals(404, missing.statusCode(), missing.body());
        assertFalse(missing.body().contains("SUCCEEDED"));
    }
}
