package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Ruling;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every task runs when the test says so: what is in neither queue holds no thread. */
final class AwaitDecisionTest {
    private static final GateRequest REQUEST = new GateRequest(new ReleaseKey("checkout", "", "", "c1", ""), "s1", "");
    private static final Traces NO_TRACES = new Traces() {
        @Override
        public String traceparent() {
            return "";
        }

        @Override
        public String traceId() {
            return "";
        }

        @Override
        public <T> T continuing(String traceparent, String span, Supplier<T> work) {
            return work.get();
        }
    };

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int asked;
    private long now;
    private Function<GateRequest, Evaluation> says = request -> hold("wait");

    private AwaitDecision await() {
        var gate = new EvaluateGate(
                request -> {
                    asked++;
                    return says.apply(request);
                },
                Runnable::run,
                new CountedReleaseEvents(meters),
                Duration.ofDays(1),
                () -> now);
        return new AwaitDecision(
                gate,
                NO_TRACES,
                threads::add,
                (delay, task) -> {
                    delays.add(delay);
                    due.add(task);
                },
                () -> now);
    }

    private static Evaluation hold(String why) {
        return Evaluation.unrecorded(Ruling.hold(DecisionReason.NO_DATA, why));
    }

    private void runThreads() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
        var tasks = List.copyOf(due);
        due.clear();
        tasks.forEach(Runnable::run);
        runThreads();
    }

    @Test
    void itAsksEverySecondAndHoldsNoThreadBetween() {
        var wanted = hold("wanted");
        var answer = await().await(REQUEST, evaluation -> evaluation == wanted, Duration.ofMinutes(1), now);
        runThreads();
        assertFalse(answer.isDone());
        assertTrue(threads.isEmpty());
        pass(Duration.ofSeconds(1));
        assertEquals(2, asked);
        says = request -> wanted;
        pass(Duration.ofSeconds(1));
        assertSame(wanted, answer.join());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1)), delays);
    }

    @Test
    void atTheLimitTheLatestAnswerIsTheAnswerAndCountsOnce() {
        var await = await();
        var answer = await.await(REQUEST, evaluation -> false, Duration.ofMillis(1_500), now);
        runThreads();
        pass(Duration.ofSeconds(1));
        says = request -> hold("last");
        pass(Duration.ofMillis(500));
        assertEquals("last", answer.join().ruling().explanation());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofMillis(500)), delays);
        assertEquals(3, asked);
        assertEquals(0, await.open());
        assertEquals(
                1,
                meters.get("portcullis.gate.unrecorded.answers")
                        .tag("reason", "NO_DATA")
                        .counter()
                        .count());
    }

    @Test
    void aLimitOfZeroAsksOnce() {
        var answer = await().await(REQUEST, evaluation -> false, Duration.ZERO, now);
        runThreads();
        assertEquals("wait", answer.join().ruling().explanation());
        assertTrue(due.isEmpty());
    }

    @Test
    void theTimeCountsFromTheArrival() {
        now = Duration.ofSeconds(10).toNanos();
        var answer = await().await(REQUEST, evaluation -> false, Duration.ofSeconds(5), 0);
        runThreads();
        assertTrue(answer.isDone());
    }

    @Test
    void aCancelledWaitAsksNoMore() {
        var await = await();
        var answer = await.await(REQUEST, evaluation -> false, Duration.ofMinutes(1), now);
        runThreads();
        answer.cancel(true);
        assertEquals(0, await.open());
        pass(Duration.ofSeconds(1));
        assertEquals(1, asked);
        assertTrue(due.isEmpty());
    }

    @Test
    void stoppingAnswersEveryWaitAndWhatComesLaterAsksOnce() {
        var await = await();
        var open = await.await(REQUEST, evaluation -> false, Duration.ofMinutes(1), now);
        runThreads();
        var begun = await.await(REQUEST, evaluation -> false, Duration.ofMinutes(1), now);
        await.stop();
        assertTrue(open.isDone());
        assertFalse(begun.isDone(), "nothing is known of it yet");
        var later = await.await(REQUEST, evaluation -> false, Duration.ofMinutes(1), now);
        runThreads();
        assertEquals("wait", begun.join().ruling().explanation());
        assertEquals("wait", later.join().ruling().explanation());
        assertEquals(3, asked);
    }

    @Test
    void aQuestionThatIsNotLegalEndsTheWaitWithItsFault() {
        says = request -> {
            throw new InvalidFieldException("stable", "is another");
        };
        CompletableFuture<Evaluation> answer = await().await(REQUEST, evaluation -> false, Duration.ofMinutes(1), now);
        runThreads();
        var fault = assertThrows(CompletionException.class, answer::join);
        assertEquals("stable", ((InvalidFieldException) fault.getCause()).field());
    }

    @Test
    void aFaultOfTheGateItselfEndsTheWaitWithAHold() {
        var answer = await().await(
                        REQUEST,
                        evaluation -> {
                            throw new IllegalStateException("of the test");
                        },
                        Duration.ofMinutes(1),
                        now);
        runThreads();
        assertEquals(
                List.of(DecisionReason.INTERNAL_ERROR), answer.join().ruling().reasons());
    }
}
