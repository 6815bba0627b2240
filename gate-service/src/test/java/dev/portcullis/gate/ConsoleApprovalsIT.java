package dev.portcullis.gate;

import static dev.portcullis.gate.testing.GateUnderTest.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.FakeAnalysis;
import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.kit.identity.TokenText;
import dev.portcullis.kit.testing.Await;
import dev.portcullis.proto.analysis.v1.Analysis;
import dev.portcullis.proto.analysis.v1.ObjectiveLimits;
import dev.portcullis.proto.analysis.v1.Verdict;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes two people on the pages of the console: an approval that is withdrawn, and a promotion against a FAIL. */
final class ConsoleApprovalsIT {
    private static final Map<String, String> TOKENS = new TreeMap<>();
    private static final Pattern FIELD = Pattern.compile("name=\"(token|decision|reason)\" value=\"([^\"]*)\"");
    private static final double MINOR = 1;

    @TempDir
    static Path folder;

    private static GateUnderTest gate;

    @BeforeAll
    static void start() throws IOException {
        GateUnderTest.policy(folder, "checkout", "  gate: {onFail: {minor: hold}, rules: [{approvals: {}}]}");
        Files.writeString(
                folder.resolve("access.yaml"),
                "apiVersion: portcullis.dev/v1\nkind: Access\nmetadata: {name: access}\nspec:\n  tokens:\n"
                        + token("ci", "deployer") + token("bob", "approver") + token("olga", "operator")
                        + token("root", "admin, approver, operator"));
        gate = new GateUnderTest(folder);
    }

    private static String token(String name, String roles) {
        TOKENS.put(name, TokenText.random(new SecureRandom()));
        return "  - {name: " + name + ", sha256: "
                + TokenText.sha256(Objects.requireNonNull(TOKENS.get(name))) + ", roles: [" + roles
                + "], services: ['*'], expires: 2099-12-31}\n";
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static HttpRequest.Builder as(String name, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + TOKENS.get(name));
    }

    private static String opened(String canary) {
        var answer = gate.send(as(
                "ci",
                gate.question("{\"service\":\"checkout\",\"rollout\":\"" + canary + "\",\"canary\":\"" + canary
                        + "\",\"stable\":\"s1\",\"stage\":\"canary-1\"}")));
        return GateUnderTest.json(answer).path("release").asText();
    }

    private static String page(String name, String path) {
        return gate.send(as(name, HttpRequest.newBuilder(gate.uri(path)))).body();
    }

    /** Sends a form of a page as it is, with a reason. */
    private static HttpResponse<String> send(String name, String path, Map<String, String> fields) {
        var body = new StringBuilder();
        fields.forEach((field, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(field)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return gate.send(as(name, HttpRequest.newBuilder(gate.uri(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** The hidden fields of the forms of a page, with a reason that is said there. */
    private static Map<String, String> fields(String page, String reason) {
        var fields = new TreeMap<String, String>();
        var found = FIELD.matcher(page);
        while (found.find()) {
            fields.put(found.group(1), found.group(2));
        }
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        return fields;
    }

    private static void fail(String name, String canary) {
        gate.analysis.say(canary, analysis -> analysis.setVerdict(Verdict.FAIL)
                .setState(Analysis.State.CONCLUDED)
                .setWindowCount(4)
                .clearObjectives()
                .addObjectives(FakeAnalysis.violated().toBuilder()
                        .setLimits(ObjectiveLimits.newBuilder().setWeight(MINOR))));
        Await.until(
                "the FAIL", LIMIT, () -> page("root", ConsoleCalls.path(name)).contains("FAIL_NEEDS_PERSON"));
    }

    @Test
    void anApprovalIsWithdrawnByWhoeverGaveIt() {
        var path = ConsoleCalls.path(opened("w1"));
        var before = page("bob", path);
        assertFalse(before.contains("Withdraw approval"), before);
        var approved = send("bob", path + "/approve", fields(before, "looks good"));
        assertEquals(303, approved.statusCode(), approved.body());
        var given = page("bob", path);
        assertTrue(given.contains("Withdraw approval"), given);
        assertFalse(page("root", path).contains("Withdraw approval"), "it is nobody else's");
        var withdrawn = send("bob", path + "/withdraw", fields(given, "I saw the wrong build"));
        assertEquals(303, withdrawn.statusCode(), withdrawn.body());
        var after = page("bob", withdrawn.headers().firstValue("Location").orElseThrow());
        assertTrue(after.contains("You withdrew your approval"), after);
        assertTrue(after.contains("Approval withdrawn"), after);
        assertTrue(after.contains("I saw the wrong build"), after);
        assertTrue(after.contains("Nobody has approved this release yet."), after);
        assertEquals(
                409, send("bob", path + "/withdraw", fields(given, "again")).statusCode());
    }

    @Test
    void twoPeoplePromoteAgainstAFailInTwoSteps() {
        var name = opened("f1");
        var path = ConsoleCalls.path(name);
        fail(name, "f1");
        assertTrue(
                page("olga", path).contains("Promote against the FAIL<span class=\"needed\"> needs an admin</span>"));
        var alone = page("root", path);
        assertTrue(alone.contains("needs an approval of this FAIL by another person"), alone);
        var refused = send("root", path + "/against-fail/preparation", fields(alone, "it is the load test"));
        assertEquals(409, refused.statusCode(), refused.body());
        assertEquals(
                403, send("olga", path + "/against-fail/preparation", Map.of()).statusCode());

        var approved = send("bob", path + "/approve", fields(page("bob", path), "the SLO counts the load test"));
        assertEquals(303, approved.statusCode(), approved.body());
        var first = send("root", path + "/against-fail/preparation", fields(page("root", path), "it is the load test"));
        assertEquals(200, first.statusCode(), first.body());
        assertTrue(first.body().contains("Nothing has been changed yet."), first.body());
        assertTrue(first.body().contains("nothing aborts it and nothing rolls it back"), first.body());
        assertTrue(first.body().contains("the SLO counts the load test"), first.body());
        assertTrue(page("root", path).contains("data-state=\"OPEN\""), "looking changes nothing");

        var other = fields(first.body(), "");
        other.put("decision", Objects.requireNonNull(other.get("decision")).replaceFirst("[0-9a-f]{8}-", "00000000-"));
        assertEquals(400, send("root", path + "/against-fail", other).statusCode());
        var done = send("root", path + "/against-fail", fields(first.body(), ""));
        assertEquals(303, done.statusCode(), done.body());
        var after = page("root", done.headers().firstValue("Location").orElseThrow());
        assertTrue(after.contains("data-state=\"PROMOTED\""), after);
        assertTrue(after.contains("PROMOTED_AGAINST_FAIL"), after);
        assertTrue(after.contains("root promoted it against its FAIL: it is the load test."), after);
        assertEquals(
                409,
                send("root", path + "/against-fail", fields(first.body(), "")).statusCode());
    }
}
