package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a question to {@code /v1/gate} may be, and what its answer has. */
final class GateCallIT extends GateCalls {
    @Test
    void theAnswerHasAllFieldsOfArgosAndItsOwn() {
        var argo = gate.poll("checkout", "fields1", "s1");
        var answer = answer(question("checkout", "fields1", "canary-1", ""));
        var names = new HashSet<String>();
        argo.fieldNames().forEachRemaining(names::add);
        assertEquals(17, names.size());
        names.addAll(List.of("stage", "settled", "dryRun", "dryRunDecision", "evaluation", "address"));
        var found = new HashSet<String>();
        answer.fieldNames().forEachRemaining(found::add);
        assertEquals(names, found);
        assertEquals("HOLD", text(answer, "decision"));
        assertEquals("canary-1", text(answer, "stage"));
        assertEquals("", text(answer, "dryRunDecision"));
        assertFalse(answer.path("settled").booleanValue());
        assertFalse(answer.path("dryRun").booleanValue());
        assertEquals("/v1/gate/evaluations/" + text(answer, "evaluation"), text(answer, "address"));
    }

    @Test
    void theCanaryIsTheRevisionUnlessItIsNamedAndTheReleaseIsThatOfArgo() {
        var answer = answer("{\"service\":\"checkout\",\"revision\":\"v7\",\"stage\":\"canary-3\"}");
        var argo = GateUnderTest.json(gate.get("service=checkout&canary=v7&revision=v7"));
        assertEquals(text(argo, "release"), text(answer, "release"));
        assertEquals("v7", gate.release(text(answer, "release")).getCanary());
    }

    @Test
    void theBodyIsReadWhateverItsTypeIsCalled() {
        for (var type : new String[] {"text/plain", "application/x-www-form-urlencoded", "a/b"}) {
            var request = HttpRequest.newBuilder(gate.uri("/v1/gate"))
                    .header("Content-Type", type)
                    .header("Accept", "text/html")
                    .POST(HttpRequest.BodyPublishers.ofString(question("checkout", "types1", "canary-1", "")));
            assertEquals("HOLD", text(answer(200, gate.send(request)), "decision"), type);
        }
    }

    static Stream<Arguments> badBodies() {
        var legal = "\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary-1\"";
        return Stream.of(
                Arguments.of("", "body"),
                Arguments.of("{", "body"),
                Arguments.of("[]", "body"),
                Arguments.of("null", "body"),
                Arguments.of("{" + legal + "} {}", "body"),
                Arguments.of("{" + legal + "} x", "body"),
                Arguments.of("{" + legal + ",\"canary\":\"c\"}", "body"),
                Arguments.of("{" + legal + ",\"stable\":NaN}", "body"),
                Arguments.of("{" + legal + ",\"step\":\"1\"}", "step"),
                Arguments.of("{" + legal + ",\"WAIT\":\"1s\"}", "WAIT"),
                Arguments.of("{" + legal + ",\"stable\":null}", "stable"),
                Arguments.of("{" + legal + ",\"stable\":\"bad1\"}", "stable"),
                Arguments.of("{" + legal + ",\"revision\":\"${REV}\"}", "revision"),
                Arguments.of("{" + legal + ",\"wait\":\"abc\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"365d\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"1h1ms\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"-1s\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":\"30\"}", "wait"),
                Arguments.of("{" + legal + ",\"wait\":30}", "wait"),
                Arguments.of("{" + legal + ",\"dryRun\":\"true\"}", "dryRun"),
                Arguments.of("{" + legal + ",\"dryRun\":1}", "dryRun"),
                Arguments.of("{" + legal + ",\"async\":null}", "async"),
                Arguments.of("{" + legal + ",\"async\":true,\"wait\":\"1s\"}", "wait"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary-0\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"canary-100\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"canary\":\"bad1\",\"stage\":\"PRE-DEPLOY\"}", "stage"),
                Arguments.of("{\"service\":\"checkout\",\"stage\":\"canary-1\"}", "canary"),
                Arguments.of("{\"service\":\"checkout\",\"stage\":\"post-deploy\"}", "canary"),
                Arguments.of("{\"stage\":\"pre-deploy\"}", "service"),
                Arguments.of("{\"canary\":\"bad1\",\"stage\":\"canary-1\"}", "service"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBodyThatIsNotLegalNamesItsFieldAndOpensNothing(String body, String field) {
        assertFault(400, field, gate.ask(body));
        assertTrue(gate.analysis.starts().stream()
                .noneMatch(request -> request.getCanary().equals("bad1")));
    }

    @Test
    void aQueryBesideTheBodyIsRefused() {
        var request = HttpRequest.newBuilder(gate.uri("/v1/gate?wait=1s"))
                .POST(HttpRequest.BodyPublishers.ofString(question("checkout", "c", "canary-1", "")));
        assertFault(400, "wait", gate.send(request));
    }

    @Test
    void otherMethodsAndBodiesThatAreTooLargeAreRefusedAsJson() {
        assertFault(405, "method", gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate"))));
        assertFault(
                405,
                "method",
                gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate")).DELETE()));
        assertFault(413, "body", gate.ask("{\"service\":\"" + "x".repeat(1 << 20) + "\"}"));
    }

    @Test
    void theLongestQuestionHasAnAddressToo() {
        var longest = "\uD83D\uDE80".repeat(253);
        var body = "{\"service\":\"" + longest + "\",\"namespace\":\"" + longest + "\",\"rollout\":\"" + longest
                + "\",\"revision\":\"" + longest + "\",\"canary\":\"" + longest.substring(2) + "\",\"stable\":\""
                + longest.substring(4) + "\",\"stage\":\"canary-99\"}";
        var fetched = fetch(answer(body));
        assertEquals(List.of("UNKNOWN_SERVICE"), reasons(fetched));
    }
}
