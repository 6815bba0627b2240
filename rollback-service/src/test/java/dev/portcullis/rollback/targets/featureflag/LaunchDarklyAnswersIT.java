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
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.TargetObservation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answers of LaunchDarkly mean. */
final class LaunchDarklyAnswersIT extends LaunchDarklySetup {
    @Test
    void eachServiceHasACircuitBreakerOfItsOwn() {
        var assignment = prepared();
        server.onLook = request -> Response.text(503, "");
        for (int looks = 0; looks < 20; looks++) {
            target.observe(assignment);
        }
        var open = assertInstanceOf(ApplyResult.Again.class, target.apply(assignment));
        assertEquals("GET circuit breaker 'feature-flag:checkout' is open", open.text());
        assertFalse(open.effectUnknown());
        var order = new RollbackOrder("cart", "", "7d9c8", "5f6b7", "it's burning");
        var other = new Assignment("rollbacks/2", "2/1", 1, order, assignment.target());
        assertTrue(target.apply(other).text().contains(" answered 503"));
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
        server.onChange = request -> Response.text(status, "");
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
        assertEquals(0, server.changes().size());
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
        assertInstanceOf(TargetObservation.Unreadable.class, target.observe(assignment));
        assertEquals("Again", FlagFixture.named(target.apply(assignment)));
    }

    @Test
    void aFlagWithoutTheEnvironmentIsNotFound() {
        server.onLook = request -> Response.json(200, "{\"environments\":{\"staging\":{\"on\":true,\"version\":1}}}");
        var blocked = assertInstanceOf(Readiness.Blocked.class, target.prepare(FlagFixture.ORDER, configured()));
        assertEquals(Obstacle.TARGET_NOT_FOUND, blocked.obstacle());
        assertTrue(blocked.text().endsWith("answered a flag without an environment 'production'"), blocked.text());
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
        server.onChange = request ->
                new Response(429, "application/json", "{}", Map.of("Retry-After", after, "X-Ratelimit-Reset", reset));
        var again = assertInstanceOf(ApplyResult.Again.class, target.apply(assignment));
        assertEquals(Duration.parse(wait), again.pause());
    }
}
