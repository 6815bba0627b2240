package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.gate.testing.PlayedGitHub;
import dev.portcullis.gate.testing.PlayedGitHub.Review;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.ListReleasesRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments of GitHub that wait for Portcullis, from the webhook to the review. */
final class ProtectionRuleIT {
    private static final String SHA = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";

    @TempDir
    Path folder;

    private PlayedGitHub github;
    private GateUnderTest gate;

    @BeforeEach
    void start() throws IOException {
        github = new PlayedGitHub(Files.createDirectories(folder.resolve("github")));
        var configuration = Files.createDirectories(folder.resolve("configuration"));
        Files.writeString(configuration.resolve("github.yaml"), github.configuration("canary-1"));
        GateUnderTest.policy(configuration, "checkout", "");
        gate = new GateUnderTest(configuration);
    }

    @AfterEach
    void stop() {
        gate.close();
        github.close();
        assertEquals(List.of(), github.refusals(), "GitHub was told nothing that it refuses");
    }

    private HttpResponse<String> deliver(String delivery, String body) {
        return gate.send(HttpRequest.newBuilder(gate.uri("/v1/github/protection-rule"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "deployment_protection_rule")
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", PlayedGitHub.signature(body))
                .POST(BodyPublishers.ofString(body)));
    }

    private List<Review> awaitReviews(int count) {
        Await.until(
                count + " reviews", GateUnderTest.LIMIT, () -> github.reviews().size() >= count);
        return github.reviews();
    }

    private List<Review> awaitState(String state) {
        Await.until(state, GateUnderTest.LIMIT, () -> github.reviews().stream()
                .anyMatch(review -> review.state().equals(state)));
        return github.reviews();
    }

    @Test
    void aGoodCanaryIsApprovedAfterAReportOfTheHold() {
        assertEquals(202, deliver("d1", github.webhook(1, "production", SHA)).statusCode());
        var report = awaitReviews(1).getFirst();
        assertEquals("", report.state());
        assertEquals("production", report.environment());
        assertTrue(report.comment().startsWith("**HOLD** (NOT&#95;ENOUGH&#95;EVIDENCE"), report::comment);
        gate.analysis.say(SHA, Verdict.PASS, 5);
        gate.hurryProtectionRules();
        var reviews = awaitState("approved");
        assertTrue(reviews.getLast().comment().startsWith("**PROMOTE** "), () -> reviews.getLast()
                .comment());
        assertEquals(1, github.tokensGiven(), "a token is used again");
        assertEquals(
                SHA,
                gate.grpc()
                        .listReleases(ListReleasesRequest.getDefaultInstance())
                        .getReleases(0)
                        .getCanary());
    }

    @Test
    void aBadCanaryIsRejectedAndThenLeftAlone() {
        gate.analysis.say(SHA, Verdict.FAIL, 5);
        deliver("d1", github.webhook(1, "production", SHA));
        awaitState("rejected");
        assertEquals(1, github.reviews().size());
        assertEquals(
                "{\"request\":\"KNOWN\"}",
                deliver("d1", github.webhook(1, "production", SHA)).body());
        assertEquals(
                "{\"request\":\"KNOWN\"}",
                deliver("d1", github.webhook(2, "production", SHA)).body());
        Await.until("the request is closed", GateUnderTest.LIMIT, () -> gate.protectionRuleState("d1")
                .equals("REJECTED"));
        Await.until(
                "it is counted",
                GateUnderTest.LIMIT,
                () -> gate.metric("portcullis_gate_protection_rules_total{end=\"REJECTED\"}") == 1);
    }

    @Test
    void aRequestSurvivesARestartAndAnOutageOfGitHub() {
        var asked = new AtomicInteger();
        github.outage(request -> {
            asked.incrementAndGet();
            return Response.json(503, "{\"message\":\"unavailable\"}");
        });
        deliver("d1", github.webhook(1, "production", SHA));
        Await.until("GitHub was asked", GateUnderTest.LIMIT, () -> asked.get() > 0);
        gate.restart();
        gate.analysis.say(SHA, Verdict.PASS, 5);
        github.outage(request -> null);
        gate.hurryProtectionRules();
        awaitState("approved");
    }

    @Test
    void aTokenThatWasRevokedIsReplaced() {
        deliver("d1", github.webhook(1, "production", SHA));
        awaitReviews(1);
        github.revoke();
        gate.analysis.say(SHA, Verdict.PASS, 5);
        gate.hurryProtectionRules();
        awaitState("approved");
        assertEquals(2, github.tokensGiven());
    }

    @Test
    void aRunThatWasCancelledIsNotAskedAboutForEver() {
        deliver("d1", github.webhook(1, "production", SHA));
        awaitReviews(1);
        github.cancel(1);
        var afterwards = new AtomicInteger();
        github.outage(request -> {
            afterwards.incrementAndGet();
            return null;
        });
        gate.analysis.say(SHA, Verdict.PASS, 5);
        gate.hurryProtectionRules();
        Await.until("the request is closed", GateUnderTest.LIMIT, () -> gate.protectionRuleState("d1")
                .equals("GONE"));
        assertEquals(1, afterwards.get());
        // the run is started again: the same run, another delivery
        deliver("d2", github.webhook(1, "production", SHA));
        awaitState("approved");
    }

    @Test
    void whatWasNotTakenIsDeliveredAgainAndWhatWasIsNot() {
        gate.analysis.say(SHA, Verdict.PASS, 5);
        var now = Instant.now();
        github.lose("taken-late", github.webhook(4, "production", SHA), now.minus(Duration.ofDays(2)), door());
        github.lose("too-old", github.webhook(3, "production", SHA), now.minus(Duration.ofDays(4)), door());
        github.lose("lost", github.webhook(1, "production", SHA), now.minus(Duration.ofHours(2)), door());
        github.lose("tried-just-now", github.webhook(2, "production", SHA), now.plus(Duration.ofMinutes(10)), door());
        Await.until("both that are due", GateUnderTest.LIMIT, () -> {
            gate.hurryRedelivery();
            return github.reviews().size() >= 2;
        });
        gate.hurryRedelivery();
        assertEquals(Set.of(1L, 4L), github.reviews().stream().map(Review::run).collect(Collectors.toSet()));
        assertEquals(1, github.deliveries("too-old"));
        assertEquals(1, github.deliveries("tried-just-now"));
        assertEquals(2, github.deliveries("lost"), "taken once, it is not asked for again");
    }

    private URI door() {
        return gate.uri("/v1/github/protection-rule");
    }

    @Test
    void anEnvironmentThatNobodyConfiguredIsSaidOnce() {
        deliver("d1", github.webhook(1, "staging", SHA));
        var report = awaitReviews(1).getFirst();
        assertEquals("staging", report.environment());
        assertTrue(report.comment().contains("names no environment 'staging' of shop/checkout"), report::comment);
    }

    @Test
    void withoutAnAppThereIsNothing() throws IOException {
        Files.delete(gate.folder.resolve("github.yaml"));
        Await.until(
                "the change is in use",
                GateUnderTest.LIMIT,
                () -> deliver("d1", github.webhook(1, "production", SHA)).statusCode() == 404);
    }

    @Test
    void aSecretThatCannotBeReadRefusesAll() throws IOException {
        Files.delete(folder.resolve("github/secret"));
        assertEquals(503, deliver("d1", github.webhook(1, "production", SHA)).statusCode());
        Files.writeString(folder.resolve("github/secret"), "");
        assertEquals(503, deliver("d1", github.webhook(1, "production", SHA)).statusCode());
    }
}
