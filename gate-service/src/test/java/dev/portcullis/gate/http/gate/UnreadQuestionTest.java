package dev.portcullis.gate.http.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gate.RuleWiring;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.trace.Traces;
import dev.portcullis.gate.usecase.AnswerQuestion;
import dev.portcullis.gate.usecase.AwaitDecision;
import dev.portcullis.gate.usecase.EvaluateGate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A question that cannot be read by a fault of our own. */
final class UnreadQuestionTest {
    private static final Traces TRACE = new Traces() {
        @Override
        public String traceparent() {
            return "";
        }

        @Override
        public String traceId() {
            return "4bf92f3577b34da6a3ce929d0e0e4736";
        }

        @Override
        public <T> T continuing(String traceparent, String span, Supplier<T> work) {
            return work.get();
        }
    };

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final GateController controller = controller();

    /** Nothing behind it is asked. */
    private GateController controller() {
        var question = new AnswerQuestion(null, null, null, null, null, null, null, null);
        var longest = Duration.ofSeconds(1);
        var evaluateGate =
                new EvaluateGate(question, question, () -> 0, Runnable::run, new CountedReleaseEvents(meters), longest);
        var await = new AwaitDecision(
                evaluateGate, null, null, TRACE, Runnable::run, (delay, task) -> {}, longest, System::nanoTime);
        return new GateController(
                evaluateGate, await, RuleWiring.addedRules(Runnable::run), new OpenWaits(1, meters), TRACE);
    }

    private static HttpRequest<byte[]> request(Supplier<Optional<byte[]>> body) {
        return new HttpRequestWrapper<>(HttpRequest.POST("/v1/gate", new byte[0])) {
            @Override
            public Optional<byte[]> getBody() {
                return body.get();
            }
        };
    }

    @Test
    void isAHoldThatSaysSo() {
        var response = controller
                .ask(request(() -> {
                    throw new IllegalStateException("of the test");
                }))
                .join();
        assertEquals(200, response.code());
        var answer = assertInstanceOf(GateAnswer.class, response.body());
        assertEquals("HOLD", answer.answer().decision());
        assertEquals(List.of("INTERNAL_ERROR"), answer.answer().reasons());
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", answer.answer().traceId());
        assertEquals(false, answer.settled());
        assertEquals(
                1,
                meters.get("portcullis.gate.unrecorded.answers")
                        .tag("reason", "INTERNAL_ERROR")
                        .counter()
                        .count());
    }

    @Test
    void isNotOneThatIsNotLegal() {
        var request = request(() -> Optional.of("[]".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertEquals(
                "body",
                assertThrows(InvalidFieldException.class, () -> controller.ask(request))
                        .field());
    }
}
