package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.TargetObservation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LaunchDarkly is asked and told, and when the flag is left alone. */
final class LaunchDarklyCallsIT extends LaunchDarklySetup {
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
        var patch = server.changes().getFirst();
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
                new ApplyResult.Accepted("flag new-checkout in production was switched off (version 12 before)"),
                target.apply(assignment));
        assertEquals(
                new TargetObservation.Restored("flag new-checkout in production is off (version 13)"),
                target.observe(assignment));
    }

    @Test
    void anAddressMayEndWithASlash() {
        values.put("address", server.address() + "/");
        assertEquals("Accepted", FlagFixture.named(target.apply(prepared())));
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
        var late = assertInstanceOf(ApplyResult.Refused.class, target.apply(assignment));
        assertEquals(
                "flag new-checkout in production is on (version 14), and was changed since the rollback was prepared"
                        + " (version 12 then, 14 now): somebody may have switched it on again; prepare the rollback anew",
                late.text());
        assertTrue(server.on());
        assertEquals(1, server.changes().size());
    }

    @ParameterizedTest(name = "a failed test answers {0}")
    @ValueSource(ints = {400, 409, 412, 422})
    void aHolderPausedBeforeItsPatchChangesNothingLater(int status) {
        var assignment = prepared();
        server.failedTest = status;
        // The flag goes off and on again between the holder's look and its patch.
        server.onChange = request -> {
            server.switched(false);
            server.switched(true);
            return server.change(request);
        };
        assertEquals("Again", FlagFixture.named(target.apply(assignment)));
        assertTrue(server.on());
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        assertEquals(0, server.effects());
    }

    @Test
    void theTokenIsNeverRepeated() {
        var assignment = prepared();
        server.onChange =
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
        assertInstanceOf(TargetObservation.Unreadable.class, target.observe(without));
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
        server.onChange = request -> Response.json(200, "{}");
        assertEquals(0, shell(target.commandToApply(assignment)).waitFor());
        var patch = server.changes().getFirst();
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
