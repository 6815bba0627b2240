package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class EvaluateGateTest {
    private static final GateRequest REQUEST = new GateRequest(new ReleaseKey("checkout", "", "", "c1", ""), "s1", "");
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);
    private static final Duration LONG = Duration.ofSeconds(50);

    /** In nanoseconds of a clock whose readings may be negative and overflow, as those of the JVM may. */
    private static final long ARRIVED = Long.MAX_VALUE - 1;

    private static Evaluation answer(Executor executor, Duration longest, Function<GateRequest, Evaluation> question) {
        return new EvaluateGate(
                        request -> Optional.empty(),
                        question,
                        () -> 0,
                        executor,
                        new CountedReleaseEvents(METERS),
                        longest,
                        () -> ARRIVED)
                .evaluate(REQUEST, ARRIVED);
    }

    private static void assertHold(DecisionReason reason, Evaluation answer) {
        assertEquals(Outcome.HOLD, answer.decision().outcome());
        assertEquals(List.of(reason), answer.decision().reasons());
        assertTrue(answer.release().isEmpty());
        assertTrue(answer.recorded().isEmpty());
    }

    private static List<Supplier<Throwable>> faults() {
        return List.of(
                () -> new IllegalStateException("secret=hunter2"),
                NullPointerException::new,
                StackOverflowError::new,
                () -> new OutOfMemoryError("none left"),
                () -> new NoClassDefFoundError("gone"),
                () -> new AssertionError("wrong"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anyExceptionAndAnyErrorInTheThreadThatDecidesIsAHold(Supplier<Throwable> fault) {
        var answer = answer(VIRTUAL, LONG, request -> {
            throw EvaluateGateTest.<RuntimeException>sneaky(fault.get());
        });
        assertHold(DecisionReason.INTERNAL_ERROR, answer);
        assertFalse(answer.decision().explanation().contains("hunter2"), "texts of faults stay in the log");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable any) throws T {
        throw (T) any;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aQuestionThatCannotBeReadForAFaultOfOursIsAHold(Supplier<Throwable> fault) {
        var gate = new EvaluateGate(
                request -> Optional.empty(),
                request -> {
                    throw new AssertionError("never asked");
                },
                () -> 0,
                VIRTUAL,
                new CountedReleaseEvents(METERS),
                LONG,
                () -> ARRIVED);
        Supplier<GateRequest> unreadable = () -> {
            throw EvaluateGateTest.<RuntimeException>sneaky(fault.get());
        };
        assertHold(
                DecisionReason.INTERNAL_ERROR, gate.begin(unreadable, ARRIVED).join());
    }

    @Test
    void anExecutorThatTakesNothingMoreIsAHoldOfAGateThatStops() {
        Executor closed = task -> {
            throw new RejectedExecutionException("closed");
        };
        var answer = answer(closed, LONG, request -> {
            throw new AssertionError("never run");
        });
        assertHold(DecisionReason.STORE_UNAVAILABLE, answer);
        assertTrue(answer.decision().explanation().contains("is stopping"));
        assertHold(
                DecisionReason.STORE_UNAVAILABLE,
                new EvaluateGate(
                                request -> Optional.empty(),
                                request -> {
                                    throw new AssertionError("never run");
                                },
                                () -> 0,
                                closed,
                                new CountedReleaseEvents(METERS),
                                LONG,
                                () -> ARRIVED)
                        .begin(() -> REQUEST, ARRIVED)
                        .join());
    }

    @Test
    void whatIsNotFoundOutInTimeIsAHoldAndGoesOn() throws InterruptedException {
        var released = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        var answer = answer(VIRTUAL, Duration.ofMillis(10), request -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            done.countDown();
            return Evaluation.unrecorded(Decision.hold(DecisionReason.NO_DATA, "later"));
        });
        assertHold(DecisionReason.ANSWER_TIMEOUT, answer);
        released.countDown();
        assertTrue(done.await(50, TimeUnit.SECONDS));
        assertFalse(interrupted.get());
    }

    @Test
    void theTimeOfAnAnswerCountsFromTheArrivalOfItsQuestion() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var gate = new EvaluateGate(
                request -> Optional.empty(),
                request -> {
                    begun.countDown();
                    awaitUninterruptibly(released);
                    return Evaluation.unrecorded(Decision.hold(DecisionReason.NO_DATA, "later"));
                },
                () -> 0,
                VIRTUAL,
                new CountedReleaseEvents(METERS),
                Duration.ofDays(1),
                () -> ARRIVED + Duration.ofDays(2).toNanos());
        assertHold(DecisionReason.ANSWER_TIMEOUT, gate.evaluate(REQUEST, ARRIVED));
        assertTrue(
                begun.await(50, TimeUnit.SECONDS), "a question that is too late to be answered is begun all the same");
        released.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAnswerPassesAsItIsAndSoDoesTheFaultOfAQuestion() {
        var hold = Evaluation.unrecorded(Decision.hold(DecisionReason.UNKNOWN_SERVICE, "unknown"));
        assertSame(hold, answer(VIRTUAL, LONG, request -> hold));
        var fault = assertThrows(
                InvalidFieldException.class,
                () -> answer(VIRTUAL, LONG, request -> {
                    throw new InvalidFieldException("stable", "is another");
                }));
        assertEquals("stable", fault.field());
    }
}
