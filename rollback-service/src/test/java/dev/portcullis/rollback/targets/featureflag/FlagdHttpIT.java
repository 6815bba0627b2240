package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public final class FlagdHttpIT extends RollbackTargetContract {
    private static final String OFF = FlagFile.ON.replaceFirst("ENABLED", "DISABLED");

    private final DefinitionServer server = new DefinitionServer();
    private final FeatureFlagTarget target = FlagFixture.target();
    private final Map<String, String> values = server.values();

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected TargetWorld open() {
        var server = new DefinitionServer();
        return new FlagServerWorld(server, FlagFixture.settings("flagd-http", server.values()));
    }

    private Assignment prepared() {
        return FlagFixture.prepared(target, FlagFixture.settings("flagd-http", values));
    }

    private Readiness prepare() {
        return target.prepare(FlagFixture.ORDER, FlagFixture.settings("flagd-http", values));
    }

    @Test
    void theDocumentIsPutBackOnConditionOfItsTag() {
        var result = target.apply(prepared());
        var put = server.changes().getFirst();
        assertEquals("/flags.json?team=shop", put.uri().toString());
        assertEquals("\"1\"", put.headers().get("if-match"));
        assertEquals("application/json", put.headers().get("content-type"));
        assertEquals("Bearer " + FlagFixture.SECRET, put.headers().get("authorization"));
        assertEquals(OFF, put.body());
        assertEquals(OFF, server.document());
        assertTrue(result.text().endsWith("/flags.json was switched off; state was ENABLED"), result.text());
    }

    @Test
    void aLateRepeatDoesNotSwitchOffWhatAPersonSwitchedOnAgain() {
        var assignment = prepared();
        target.apply(assignment);
        server.write(FlagFile.ON);
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        assertEquals(FlagFile.ON, server.document());
        assertEquals(1, server.changes().size());
    }

    @Test
    void aHolderPausedBeforeItsPutChangesNothingLater() {
        var assignment = prepared();
        server.onChange = request -> {
            server.write(FlagFile.ON);
            return server.change(request);
        };
        assertEquals("Again", FlagFixture.named(target.apply(assignment)));
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        assertEquals(0, server.effects());
    }

    @Test
    void theDateOfTheDocumentIsPartOfItsVersion() {
        server.onLook = request -> dated("Sun, 01 Mar 2026 11:00:00 GMT");
        var assignment = prepared();
        // A tag made of the content is the same again once the content is.
        server.onLook = request -> dated("Sun, 01 Mar 2026 11:00:05 GMT");
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        server.onLook = request -> dated("Sun, 01 Mar 2026 11:00:00 GMT");
        assertEquals("Accepted", FlagFixture.named(target.apply(assignment)));
        assertEquals("\"1\"", server.changes().getFirst().headers().get("if-match"));
    }

    private Response dated(String date) {
        var headers = Map.of("ETag", "\"1\"", "Last-Modified", date);
        return new Response(200, "application/json", server.document(), headers);
    }

    @ParameterizedTest(name = "ETag: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | answered without an ETag: a change could overwrite somebody else's; legal: a strong ETag",
                "W/\"1\" | answered the weak ETag W/\"1\": a change could overwrite somebody else's; legal: a strong ETag",
            })
    void aDocumentWithoutAStrongTagIsNotTouched(String tag, String expected) {
        server.onLook = request ->
                new Response(200, "application/json", FlagFile.ON, tag.isEmpty() ? Map.of() : Map.of("ETag", tag));
        var blocked = assertInstanceOf(Readiness.Blocked.class, prepare());
        assertEquals(Obstacle.NOT_POSSIBLE, blocked.obstacle());
        assertTrue(blocked.text().endsWith(expected), blocked.text());
    }

    @ParameterizedTest(name = "the PUT is answered {0}")
    @CsvSource({
        "200, Accepted",
        "201, Accepted",
        "204, Accepted",
        "302, Refused",
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
        "428, Refused",
        "429, Again",
        "500, AgainUnknown",
        "503, AgainUnknown",
    })
    void anAnswerToThePutMeansWhatItsStatusSays(int status, String meaning) {
        var assignment = prepared();
        server.onChange = request -> Response.text(status, "");
        assertEquals(meaning, FlagFixture.named(target.apply(assignment)));
    }

    @Test
    void aDocumentThatIsGoneIsOutOfReach() {
        var assignment = prepared();
        server.onLook = request -> Response.text(404, "");
        assertInstanceOf(TargetObservation.OutOfReach.class, target.observe(assignment));
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        assertEquals(
                Obstacle.TARGET_NOT_FOUND,
                assertInstanceOf(Readiness.Blocked.class, prepare()).obstacle());
    }

    @Test
    void neitherTokenNorQueryIsRepeated() {
        var assignment = prepared();
        server.onChange =
                request -> Response.text(400, "you sent " + request.headers().get("authorization"));
        var refused = assertInstanceOf(ApplyResult.Refused.class, target.apply(assignment));
        assertTrue(refused.text().endsWith("/flags.json answered 400: you sent Bearer ***"), refused.text());
        assertFalse((refused.text() + target.observe(assignment)).contains("team=shop"));
        assertFalse(target.commandToApply(assignment).contains(FlagFixture.SECRET));
    }

    @Test
    void theCommandForAPersonDoesTheSame() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v jq && command -v curl")
                                .start()
                                .waitFor()
                        == 0,
                "no jq or no curl on the PATH");
        var assignment = prepared();
        server.onChange = request -> {
            server.write(request.body());
            return Response.text(204, "");
        };
        var builder = new ProcessBuilder("sh", "-c", target.commandToApply(assignment));
        builder.environment().put("FLAG_TOKEN", FlagFixture.SECRET);
        assertEquals(0, builder.start().waitFor());
        assertInstanceOf(TargetObservation.Restored.class, target.observe(assignment));
    }
}
