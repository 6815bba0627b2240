package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import dev.portcullis.proto.gate.v1.AddedRule;
import dev.portcullis.proto.gate.v1.AuditAction;
import dev.portcullis.proto.gate.v1.RetryReleaseRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that questions have added: how long they stay, and what later questions may do about them. */
final class AddedRulesKeptIT extends AddedRuleCalls {
    @Test
    void aLaterQuestionAddsRulesAndNeverTakesOneAway() {
        passes("f1");
        var first = ask("f1", rules(MONTH));
        assertEquals("HOLD", decision(ask("f1", "")), "a question that brings none");
        assertEquals("HOLD", decision(ask("f1", rules(""))), "nor does an empty list");
        assertEquals(
                "HOLD", decision(ask("f1", rules("{ \"minimumBake\" : { \"for\" : \"30d\" } }"))), "the same again");
        assertEquals(
                List.of(), entries(AuditAction.DESCRIBE_RELEASE, release(first).getName()));

        var other = refused(question("checkout", "f1", rules("{\"minimumBake\":{\"for\":\"1s\"}}")));
        assertEquals("rules", other.path("field").textValue());
        assertTrue(other.path("fault").textValue().contains(MONTH), other.toString());

        ask("f1", rules("{\"approvals\":{}}"));
        var release = release(first);
        assertEquals(
                List.of("question/minimumBake", "question/approvals"),
                release.getAddedRulesList().stream().map(AddedRule::getName).toList());
        var told =
                Await.value("its entry", LIMIT, () -> entries(AuditAction.DESCRIBE_RELEASE, release.getName()).stream()
                        .findFirst());
        assertTrue(told.contains("question/approvals"), told);
        Await.until("both hold", LIMIT, () -> release(first)
                .getLatestDecision()
                .getReasonsList()
                .toString()
                .startsWith("[BAKE_UNFINISHED, APPROVAL_MISSING"));
    }

    @Test
    void whatHasEndedTakesNone() {
        passes("f2");
        var answer = ask("f2", rules(MONTH));
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(release(answer).getName())
                        .setReason("bad")
                        .build());

        assertEquals("ABORT", decision(ask("f2", rules(MONTH))));
        var refusal = refused(question("checkout", "f2", rules("{\"approvals\":{}}")));
        assertTrue(refusal.path("fault").textValue().contains("it is ABORTED"), refusal.toString());
    }

    @Test
    void theyAreKeptOverARestartByASecondGateAndByANewTryAndByAnotherStableVersion() {
        try (var own = GateUnderTest.ofCheckout()) {
            own.analysis.say("g1", Verdict.PASS, 3);
            var answer = GateUnderTest.json(own.ask(question("checkout", "g1", rules(MONTH))));
            var name = answer.path("release").textValue();
            own.restart();
            assertEquals("HOLD", decision(GateUnderTest.json(own.ask(question("checkout", "g1", "")))));
            try (var other = own.another()) {
                var asked =
                        own.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other.httpPort() + "/v1/gate"))
                                .POST(BodyPublishers.ofString(question("checkout", "g1", ""))));
                assertEquals("BAKE_UNFINISHED", reason(GateUnderTest.json(asked)));
            }
            own.grpc()
                    .abortRelease(AbortReleaseRequest.newBuilder()
                            .setName(name)
                            .setReason("bad")
                            .build());
            var next = own.grpc()
                    .retryRelease(RetryReleaseRequest.newBuilder()
                            .setName(name)
                            .setReason("again")
                            .build());
            assertEquals(MONTH, next.getAddedRules(0).getText());
            assertEquals("BAKE_UNFINISHED", reason(GateUnderTest.json(own.ask(question("checkout", "g1", "")))));

            own.analysis.silence("g2", analysis -> {});
            own.ask(question("checkout", "g2", ",\"stable\":\"s1\"" + rules(MONTH)));
            var corrected = GateUnderTest.json(own.ask(question("checkout", "g2", ",\"stable\":\"s2\"")));
            var release = own.release(corrected.path("release").textValue());
            assertEquals(2, release.getRun());
            assertEquals("s2", release.getStable());
            assertEquals(MONTH, release.getAddedRules(0).getText());
        }
    }

    @Test
    void anEvaluationThatHasOpenedNothingYetBringsThemAlong() {
        var answer = GateUnderTest.json(gate.ask(question("later", "h1", ",\"async\":false" + rules(MONTH))));
        assertEquals("UNKNOWN_SERVICE", reason(answer));
        GateUnderTest.policy(gate.folder, "later", "");
        passes("h1");
        Await.until("the policy", LIMIT, () -> !reason(GateUnderTest.json(gate.ask(question("later", "h0", ""))))
                .equals("UNKNOWN_SERVICE"));

        var fetched = GateUnderTest.json(
                gate.send(HttpRequest.newBuilder(gate.uri(answer.path("address").textValue()))));

        assertEquals("BAKE_UNFINISHED", reason(fetched), fetched.toString());
        assertEquals(MONTH, release(fetched).getAddedRules(0).getText());
        var again = GateUnderTest.json(gate.send(
                HttpRequest.newBuilder(gate.uri(fetched.path("address").textValue()))));
        assertEquals("BAKE_UNFINISHED", reason(again), again.toString());
    }

    @Test
    void whoMayNotAskHearsNothingOfHisRules(@TempDir Path secured) throws IOException {
        var token = TokenText.random(new SecureRandom());
        GateUnderTest.policy(secured, "checkout", "");
        Files.writeString(
                secured.resolve("access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n  - {name: ci, sha256: "
                        + TokenText.sha256(token) + ", roles: [deployer], services: [cart], expires: 2099-12-31}\n");
        try (var own = new GateUnderTest(secured)) {
            var body = question("checkout", "j1", rules("{\"minimumBake\":{\"for\":\"0s\"}}"));
            assertEquals(401, own.ask(body).statusCode());
            var other = own.send(own.question(body).header("Authorization", "Bearer " + token));
            assertEquals(403, other.statusCode(), other::body);
            assertFalse(other.body().contains("rules"), other::body);
            var allowed = body.replace("\"service\":\"checkout\"", "\"service\":\"cart\"");
            var read = own.send(own.question(allowed).header("Authorization", "Bearer " + token));
            assertEquals(400, read.statusCode(), read::body);
        }
    }
}
