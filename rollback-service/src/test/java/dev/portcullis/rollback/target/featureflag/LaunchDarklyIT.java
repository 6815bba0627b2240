package dev.portcullis.rollback.target.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Outcome;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.ReturnOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.Sighting;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.target.RollbackTargetContract;
import dev.portcullis.rollback.target.TargetWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public final class LaunchDarklyIT extends RollbackTargetContract {
    private final LaunchDarklyServer server = new LaunchDarklyServer();
    private final FeatureFlagTarget target = FlagFixture.target();
    private final Map<String, String> values = values(server);

    private static Map<String, String> values(LaunchDarklyServer server) {
        return new HashMap<>(Map.of(
                "project", "shop",
                "environment", "production",
                "flag", "new-checkout",
                "address", server.address(),
                "tokenEnv", "FLAG_TOKEN",
                "timeout", "PT0.5S",
                "bypassApproval", "false"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected TargetWorld open() {
        return new World();
    }

    static final class World implements TargetWorld {
        private final LaunchDarklyServer own = new LaunchDarklyServer();
        private final CallLoss loss = new CallLoss();

        @Override
        public RollbackTarget target() {
            return FlagFixture.target();
        }

        @Override
        public ReturnOrder order() {
            return FlagFixture.ORDER;
        }

        @Override
        public TargetSettings configured() {
            return FlagFixture.settings("launchdarkly", values(own));
        }

        @Override
        public int effects() {
            return own.effects();
        }

        @Override
        public void loseAnswer(int nth) {
            own.onPatch = loss.lose(nth, true, own::patch);
        }

        @Override
        public void loseCall(int nth) {
            own.onPatch = loss.lose(nth, false, own::patch);
        }

        @Override
        public String address() {
            return own.address();
        }

        @Override
        public void vanish() {
            own.close();
        }

        @Override
        public void close() {
            loss.end();
            own.close();
        }
    }

    private TargetSettings configured() {
        return FlagFixture.settings("launchdarkly", values);
    }

    private Assignment prepared() {
        return FlagFixture.prepared(target, configured());
    }

    @Test
    void theCallsAreAsDocumented() {
        target.apply(prepared());
        assertEquals(
                List.of(
                        "GET /api/v2/flags/shop/new-checkout?env=production",
                        "GET /api/v2/projects/shop/environments/production",
                        "GET /api/v2/flags/shop/new-checkout?env=production",
                        "PATCH /api/v2/flags/shop/new-checkout?ignoreConflicts=true"),
                server.requests().stream()
                        .map(request -> request.method() + " " + request.uri())
                        .toList());
        var patch = server.patches().getFirst();
        assertEquals(FlagFixture.SECRET, patch.headers().get("authorization"));
        assertEquals("20240415", patch.headers().get("ld-api-version"));
        assertEquals("application/json", patch.headers().get("content-type"));
        assertEquals(
                "{\"comment\":\"Portcullis, rollbacks/1 of checkout: it's burning\",\"patch\":["
                        + "{\"op\":\"test\",\"path\":\"/environments/production/version\",\"value\":12},"
                        + "{\"op\":\"replace\",\"path\":\"/environments/production/on\",\"value\":false}]}",
                patch.body());
    }

    @Test
    void whatIsSeenIsToldInWords() {
        var ready = assertInstanceOf(Readiness.Ready.class, target.prepare(FlagFixture.ORDER, configured()));
        assertEquals("flag new-checkout in production is off", ready.goal());
        assertEquals(
                "flag new-checkout in production is on (version 12)",
                ready.now().text());
        assertEquals("12", ready.pinned().required("version"));
        assertEquals(
                List.of(
                        new Precondition("OFF_VALUE_SET", true, "once it is off, users get false (old)"),
                        new Precondition("NO_APPROVAL_NEEDED", true, "changes in production need no approval")),
                ready.preconditions());
        var assignment = FlagFixture.assigned(ready.pinned());
        assertEquals(
                new Outcome.Accepted("flag new-checkout in production was switched off (version 12 before)"),
                target.apply(assignment));
        assertEquals(
                new Sighting.Restored("flag new-checkout in production is off (version 13)"),
                target.observe(assignment));
    }

    @Test
    void anAddressMayEndWithASlash() {
        values.put("address", server.address() + "/");
        assertEquals("Accepted", FlagFixture.named(target.apply(prepared())));
    }

    @Test
    void eachServiceHasACircuitBreakerOfItsOwn() {
        var assignment = prepared();
        server.onLook = request -> Response.text(503, "");
        for (int looks = 0; looks < 20; looks++) {
            target.observe(assignment);
        }
        var open = assertInstanceOf(Outcome.Again.class, target.apply(assignment));
        assertEquals("GET circuit breaker 'feature-flag:checkout' is open", open.text());
        assertFalse(open.effectUnknown());
        var order = new ReturnOrder("cart", "", "7d9c8", "5f6b7", "it's burning");
        var other = new Assignment("rollbacks/2", "2/1", 1, order, assignment.target());
        assertTrue(target.apply(other).text().contains(" answered 503"));
    }

    @Test
    void withoutAnOffVariationPeopleAreWarned() {
        server.offVariation = "";
        var ready = assertInstanceOf(Readiness.Ready.class, target.prepare(FlagFixture.ORDER, configured()));
        assertEquals(
                new Precondition(
                        "OFF_VALUE_SET",
                        false,
                        "no off variation is set: once it is off, users get the default in the code"),
                ready.preconditions().getFirst());
    }

    @Test
    void aLateRepeatDoesNotSwitchOffWhatAPersonSwitchedOnAgain() {
        var assignment = prepared();
        target.apply(assignment);
        server.switched(true);
        var late = assertInstanceOf(Outcome.Refused.class, target.apply(assignment));
        assertEquals(
                "flag new-checkout in production is on (version 14), and was changed since the rollback was prepared"
                        + " (version 12 then, 14 now): somebody may have switched it on again; prepare the rollback anew",
                late.text());
        assertTrue(server.on());
        assertEquals(1, server.patches().size());
    }

    @ParameterizedTest(name = "a failed test answers {0}")
    @ValueSource(ints = {400, 409, 412, 422})
    void aHolderPausedBeforeItsPatchChangesNothingLater(int status) {
        var assignment = prepared();
        server.failedTest = status;
        // The flag goes off and on again between the holder's look and its patch.
        server.onPatch = request -> {
            server.switched(false);
            server.switched(true);
            return server.patch(request);
        };
        assertEquals("Again", FlagFixture.named(target.apply(assignment)));
        assertTrue(server.on());
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        assertEquals(0, server.effects());
    }

    @ParameterizedTest(name = "the patch is answered {0}")
    @CsvSource({
        "200, Accepted",
        "204, Accepted",
        "301, Refused",
        "400, Refused",
        "401, Refused",
        "403, Refused",
        "404, Refused",
        "405, Refused",
        "408, AgainUnknown",
        "409, Again",
        "412, Again",
        "422, Refused",
        "425, Again",
        "429, Again",
        "500, AgainUnknown",
        "503, AgainUnknown",
    })
    void anAnswerToThePatchMeansWhatItsStatusSays(int status, String meaning) {
        var assignment = prepared();
        server.onPatch = request -> Response.text(status, "");
        assertEquals(meaning, FlagFixture.named(target.apply(assignment)));
    }

    @ParameterizedTest(name = "the look is answered {0}")
    @CsvSource({
        "204, NOT_POSSIBLE, Unreadable, Refused",
        "301, NOT_POSSIBLE, Unreadable, Refused",
        "400, NOT_POSSIBLE, Unreadable, Refused",
        "401, ACCESS_DENIED, Unreadable, Refused",
        "403, ACCESS_DENIED, Unreadable, Refused",
        "404, TARGET_NOT_FOUND, OutOfReach, Refused",
        "408, Unreachable, Unreadable, Again",
        "429, Unreachable, Unreadable, Again",
        "500, Unreachable, Unreadable, Again",
        "503, Unreachable, Unreadable, Again",
    })
    void anAnswerToALookMeansWhatItsStatusSays(int status, String before, String during, String change) {
        var assignment = prepared();
        server.onLook = request -> Response.text(status, "");
        var readiness = target.prepare(FlagFixture.ORDER, configured());
        assertEquals(
                before,
                readiness instanceof Readiness.Blocked blocked
                        ? blocked.obstacle().name()
                        : readiness.getClass().getSimpleName());
        assertEquals(during, target.observe(assignment).getClass().getSimpleName());
        assertEquals(change, FlagFixture.named(target.apply(assignment)));
        assertEquals(0, server.patches().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"environments\":{\"production\":{\"version\":12}}}",
                "{\"environments\":{\"production\":{\"on\":\"false\",\"version\":12}}}",
                "{\"environments\":{\"production\":{\"on\":false}}}",
                "{\"environments\":{\"production\":{\"on\":false,\"version\":\"12\"}}}",
            })
    void anAnswerThatIsNoFlagIsUnreadable(String body) {
        var assignment = prepared();
        server.onLook = request -> Response.json(200, body);
        assertInstanceOf(Sighting.Unreadable.class, target.observe(assignment));
        assertEquals("Again", FlagFixture.named(target.apply(assignment)));
    }

    @Test
    void aFlagWithoutTheEnvironmentIsNotFound() {
        server.onLook = request -> Response.json(200, "{\"environments\":{\"staging\":{\"on\":true,\"version\":1}}}");
        var blocked = assertInstanceOf(Readiness.Blocked.class, target.prepare(FlagFixture.ORDER, configured()));
        assertEquals(Obstacle.TARGET_NOT_FOUND, blocked.obstacle());
        assertTrue(blocked.text().endsWith("answered a flag without an environment 'production'"), blocked.text());
    }

    @ParameterizedTest(name = "approvals {0}, bypassApproval {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"required\":true} | false | NOT_POSSIBLE",
                "{\"required\":true,\"requiredApprovalTags\":[]} | false | NOT_POSSIBLE",
                "{\"required\":true,\"requiredApprovalTags\":[\"checkout\"]} | false | NOT_POSSIBLE",
                "{\"required\":true,\"requiredApprovalTags\":[\"payment\"]} | false | Ready",
                "{\"required\":true} | true | Ready",
                "{\"required\":false} | false | Ready",
            })
    void whereAnApprovalIsNeededOnlyATokenThatMayBypassItCanRollBack(String settings, String bypass, String meaning) {
        server.onEnvironment = request -> Response.json(200, "{\"approvalSettings\":" + settings + "}");
        values.put("bypassApproval", bypass);
        var readiness = target.prepare(FlagFixture.ORDER, configured());
        assertEquals(
                meaning,
                readiness instanceof Readiness.Blocked blocked
                        ? blocked.obstacle().name()
                        : readiness.getClass().getSimpleName());
        if (readiness instanceof Readiness.Blocked blocked) {
            assertEquals(
                    "changes of flag new-checkout in production need an approval: give the token's role the action"
                            + " bypassRequiredApproval and the policy bypassApproval: true",
                    blocked.text());
        }
    }

    @Test
    void aTokenThatMayNotSeeTheEnvironmentIsAWarning() {
        server.onEnvironment = request -> Response.json(403, "{\"code\":\"forbidden\"}");
        var ready = assertInstanceOf(Readiness.Ready.class, target.prepare(FlagFixture.ORDER, configured()));
        var warning = ready.preconditions().getLast();
        assertFalse(warning.met());
        assertTrue(
                warning.text().startsWith("whether a change needs an approval could not be seen: GET "),
                warning.text());
    }

    @Test
    void aRefusalForWantOfAnApprovalSaysSo() {
        var assignment = prepared();
        server.onPatch = request -> Response.json(
                405,
                "{\"code\":\"method_not_allowed\",\"message\":\"Flag configuration updates require approval: action"
                        + " 'updateOn' not allowed\"}");
        var refused = assertInstanceOf(Outcome.Refused.class, target.apply(assignment));
        assertTrue(refused.text().contains("updates require approval"), refused.text());
        assertTrue(refused.text().endsWith("docs/targets/feature-flag.md, approvals)"), refused.text());
    }

    @ParameterizedTest(name = "Retry-After {0}, window ends at {1}")
    @CsvSource({
        "7, 0, PT7S",
        "0, 1772366405000, PT5S",
        "7, 1772366405000, PT7S",
        "soon, later, PT0S",
    })
    void aSpentRateLimitIsWaitedFor(String after, String reset, String wait) {
        var assignment = prepared();
        server.onPatch = request ->
                new Response(429, "application/json", "{}", Map.of("Retry-After", after, "X-Ratelimit-Reset", reset));
        var again = assertInstanceOf(Outcome.Again.class, target.apply(assignment));
        assertEquals(Duration.parse(wait), again.pause());
    }

    @Test
    void theTokenIsNeverRepeated() {
        var assignment = prepared();
        server.onPatch =
                request -> Response.text(403, "you sent " + request.headers().get("authorization"));
        var refused = target.apply(assignment);
        assertTrue(refused.text().endsWith(": you sent ***"), refused.text());
        var commands = target.commandToApply(assignment) + target.commandToLook(assignment);
        assertTrue(commands.contains("-H \"Authorization: $FLAG_TOKEN\""), commands);
        assertFalse(commands.contains(FlagFixture.SECRET), commands);
    }

    @Test
    void withoutItsTokenNoCallIsMade() {
        var assignment = prepared();
        var calls = server.requests().size();
        var without = FlagFixture.assigned(assignment.target().with("tokenEnv", "NO_SUCH_TOKEN"));
        assertInstanceOf(Sighting.Unreadable.class, target.observe(without));
        assertEquals(
                "tokenEnv NO_SUCH_TOKEN is empty; the call was not made",
                target.apply(without).text());
        assertEquals(calls, server.requests().size());
    }

    @Test
    void theCommandForAPersonSwitchesOffWhateverTheVersion() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "no curl on the PATH");
        var assignment = prepared();
        server.onPatch = request -> Response.json(200, "{}");
        assertEquals(0, shell(target.commandToApply(assignment)).waitFor());
        var patch = server.patches().getFirst();
        assertEquals(
                "application/json; domain-model=launchdarkly.semanticpatch",
                patch.headers().get("content-type"));
        assertEquals("{\"environmentKey\":\"production\",\"instructions\":[{\"kind\":\"turnFlagOff\"}]}", patch.body());
        assertEquals(FlagFixture.SECRET, patch.headers().get("authorization"));
        var look = shell(target.commandToLook(assignment));
        assertEquals(0, look.waitFor());
        assertTrue(new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("\"on\":true"));
    }

    private static Process shell(String command) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().put("FLAG_TOKEN", FlagFixture.SECRET);
        return builder.start();
    }
}
