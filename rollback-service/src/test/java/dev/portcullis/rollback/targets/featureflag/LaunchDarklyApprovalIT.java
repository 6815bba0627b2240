package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.kit.testing.StubHttpServer.Response;
import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that need an approval at LaunchDarkly. */
final class LaunchDarklyApprovalIT extends LaunchDarklySetup {
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
        server.onChange = request -> Response.json(
                405,
                "{\"code\":\"method_not_allowed\",\"message\":\"Flag configuration updates require approval: action"
                        + " 'updateOn' not allowed\"}");
        var refused = assertInstanceOf(ApplyResult.Refused.class, target.apply(assignment));
        assertTrue(refused.text().contains("updates require approval"), refused.text());
        assertTrue(refused.text().endsWith("docs/targets/feature-flag.md, approvals)"), refused.text());
    }
}
