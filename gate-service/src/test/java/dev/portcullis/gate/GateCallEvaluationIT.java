package dev.portcullis.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.testing.GateUnderTest;
import dev.portcullis.proto.analysis.v1.Verdict;
import dev.portcullis.proto.gate.v1.AbortReleaseRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of {@code /v1/gate} that are fetched later. */
final class GateCallEvaluationIT extends GateCalls {
    @Test
    void asyncIsAnswered202WithAnAddressThatAnswersOnEveryReplicaAndAfterARestart() {
        try (var own = GateUnderTest.ofCheckout();
                var other = own.another()) {
            var response = own.ask(question("checkout", "later1", "canary-2", ",\"async\":true"));
            var accepted = answer(202, response);
            assertEquals("HOLD", text(accepted, "decision"));
            var address = text(accepted, "address");
            assertEquals(address, response.headers().firstValue("Location").orElse("none"));
            own.restart();
            own.analysis.say("later1", Verdict.PASS, 2);
            for (var port : List.of(own.service().httpPort(), other.httpPort())) {
                var uri = URI.create("http://127.0.0.1:" + port + address + "?wait=30s");
                var fetched = answer(200, own.send(HttpRequest.newBuilder(uri)));
                assertEquals("PROMOTE", text(fetched, "decision"));
                assertEquals(text(accepted, "release"), text(fetched, "release"));
                assertEquals("canary-2", text(fetched, "stage"));
                assertEquals(text(accepted, "evaluation"), text(fetched, "evaluation"));
            }
        }
    }

    @Test
    void anEvaluationStaysWithItsReleaseWhenThatHasEnded() {
        var first = answer(question("search", "gone1", "canary-1", ""));
        gate.grpc()
                .abortRelease(AbortReleaseRequest.newBuilder()
                        .setName(text(first, "release"))
                        .setReason("no")
                        .build());
        var fetched = fetch(first);
        assertEquals("ABORT", text(fetched, "decision"));
        assertTrue(fetched.path("settled").booleanValue());
    }

    @Test
    void anEvaluationThatIsNoneIs404() {
        var id = text(answer(question("checkout", "ids1", "canary-1", "")), "evaluation");
        for (var wrong :
                List.of("x", "nonsense", id.substring(1), id + "A", id.substring(0, id.length() - 1), "%20", "AA")) {
            assertFault(
                    404, "evaluation", gate.send(HttpRequest.newBuilder(gate.uri("/v1/gate/evaluations/" + wrong))));
        }
        var address = gate.uri("/v1/gate/evaluations/" + id);
        assertFault(400, "wait", gate.send(HttpRequest.newBuilder(URI.create(address + "?wait=2h"))));
        assertFault(400, "wait", gate.send(HttpRequest.newBuilder(URI.create(address + "?wait=1s&wait=1s"))));
        assertFault(400, "waits", gate.send(HttpRequest.newBuilder(URI.create(address + "?waits=1s"))));
        assertFault(405, "method", gate.send(HttpRequest.newBuilder(address).DELETE()));
    }
}
