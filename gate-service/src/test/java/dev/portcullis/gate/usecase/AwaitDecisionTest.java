package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.calendar.PromotionCalendar;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.policy.GatePolicy;
import dev.portcullis.gate.policy.Policies;
import dev.portcullis.gate.policy.UndecidedAction;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseKey;
import dev.portcullis.gate.release.ReleaseMemory;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import dev.portcullis.gate.telemetry.CountedReleaseEvents;
import dev.portcullis.gate.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    private int readings;
    /** The reading of the clock before which two minutes pass; -1 = none. */
    private int lateReading = -1;

    private Function<GateRequest, Evaluation> says = request -> hold("wait");
    private Function<GateRequest, Optional<Evaluation>> inMemory = request -> Optional.empty();
    private final Set<String> services = new HashSet<>();
    private final ReleaseMemory memory = new ReleaseMemory(() -> now);
    private final Policies policies = new Policies() {
        @Override
        public Optional<GatePolicy> find(String service) {
            return Optional.of(new GatePolicy(service, service, UndecidedAction.HOLD))
                    .filter(policy -> services.contains(service));
        }

        @Override
        public Set<String> services() {
            return Set.copyOf(services);
        }

        @Override
        public PromotionCalendar calendar() {
            return new PromotionCalendar(List.of());
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }
    };

    private AwaitDecision await() {
        return await(Runnable::run, Duration.ofDays(1));
    }

    private AwaitDecision await(Executor store, Duration longest) {
        var gate = new EvaluateGate(
                request -> inMemory.apply(request),
                request -> {
                    asked++;
                    return says.apply(request);
                },
                () -> 0,
                store,
                new CountedReleaseEvents(meters),
                longest,
                () -> now);
        return new AwaitDecision(
                gate,
                memory,
                policies,
                NO_TRACES,
                threads::add,
                (delay, task) -> {
                    delays.add(delay);
                    due.add(task);
                },
                Duration.ofMillis(1_800),
                () -> {
                    if (readings++ == lateReading) {
                        now += Duration.ofMinutes(2).toNanos();
                    }
                    return now;
                });
    }

    private static Evaluation hold(String why) {
        return Evaluation.unrecorded(Decision.hold(DecisionReason.NO_DATA, why));
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
        assertEquals(Set.of(Duration.ofSeconds(1)), Set.copyOf(delays));
    }

    @Test
    void atTheLimitTheLatestAnswerIsTheAnswerAndCountsOnce() {
        var await = await();
        var answer = await.await(REQUEST, evaluation -> false, Duration.ofMillis(1_500), now);
        runThreads();
        pass(Duration.ofSeconds(1));
        says = request -> hold("last");
        pass(Duration.ofMillis(500));
        assertEquals("last", answer.join().decision().explanation());
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

    /** It may come between any two looks at the clock. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLimitEndsTheWaitWheneverItComes(boolean fromMemory) {
        for (var reading = 0; reading < 200; reading++) {
            var one = new AwaitDecisionTest();
            one.lateReading = reading;
            one.says = request -> about("wait");
            if (fromMemory) {
                one.inMemory = request -> Optional.of(about("wait"));
            }
            one.memory.currentAsOf(Duration.ofDays(1).toNanos());
            var answer = one.await().await(REQUEST, evaluation -> false, Duration.ofMinutes(1), 0);
            one.runThreads();
            for (var second = 0; second < 61; second++) {
                one.pass(Duration.ofSeconds(1));
            }
            assertTrue(answer.isDone(), "the limit comes before reading " + reading + " of the clock");
        }
    }

    @Test
    void aLimitOfZeroAsksOnce() {
        var answer = await().await(REQUEST, evaluation -> false, Duration.ZERO, now);
        runThreads();
        assertEquals("wait", answer.join().decision().explanation());
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
        assertEquals("wait", begun.join().decision().explanation());
        assertEquals("wait", later.join().decision().explanation());
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
                List.of(DecisionReason.INTERNAL_ERROR), answer.join().decision().reasons());
    }

    /** About a release, of whose changes the feed tells. */
    private static Evaluation about(String explanation) {
        var decision = Decision.hold(DecisionReason.NOT_ENOUGH_EVIDENCE, explanation);
        var origin = new Origin(new UUID(1, 2), Origin.GATE, "", "", "", "", Instant.EPOCH);
        var release = new Release(
                new ReleaseStart(new UUID(0, 1), REQUEST.key(), 1, false, "s1", "", Instant.EPOCH),
                1,
                ReleaseState.OPEN,
                "analyses/1",
                AnalysisProgress.NEVER,
                Optional.of(decision.recorded(origin, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RollbackNote.NONE);
        return Evaluation.latest(release);
    }

    /** About one that was aborted. */
    private static Evaluation aborted(RollbackNote rollback) {
        var decision = Decision.of(Outcome.ABORT, DecisionReason.SLO_VIOLATED, "bad");
        var origin = new Origin(new UUID(1, 2), Origin.GATE, "", "", "", "", Instant.EPOCH);
        return Evaluation.latest(new Release(
                new ReleaseStart(new UUID(0, 1), REQUEST.key(), 1, false, "s1", "", Instant.EPOCH),
                1,
                ReleaseState.ABORTED,
                "analyses/1",
                AnalysisProgress.NEVER,
                Optional.of(decision.recorded(origin, Optional.empty())),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                rollback));
    }

    private static String told(Evaluation evaluation) {
        return evaluation.decision().explanation();
    }

    private void change() {
        memory.changed(Set.of(REQUEST.key().ofRollout()), Set.of());
        memory.wake(Set.of(REQUEST.key().ofRollout()));
    }

    @Test
    void whileTheFeedTellsChangesItAsksOnlyWhenWoken() {
        says = request -> about("wait");
        memory.currentAsOf(now);
        var answer = await().await(REQUEST, one -> told(one).equals("wanted"), Duration.ofMinutes(1), now);
        runThreads();
        for (var second = 0; second < 5; second++) {
            memory.currentAsOf(now + Duration.ofSeconds(1).toNanos());
            now += Duration.ofSeconds(1).toNanos();
            memory.currentAsOf(now);
            pass(Duration.ZERO);
        }
        assertEquals(1, asked);
        says = request -> about("wanted");
        change();
        runThreads();
        assertEquals("wanted", told(answer.join()));
        assertEquals(2, asked);
    }

    /** The release may be superseded before the next look, and a question that names none would then open a new run. */
    @Test
    void anAnswerThatIsTooLateIsAwaitedAndNotAskedForAnew() {
        Deque<Runnable> store = new ArrayDeque<>();
        List<GateRequest> requests = new ArrayList<>();
        says = request -> {
            requests.add(request);
            return about("wait");
        };
        var answer = await(store::add, Duration.ZERO).await(REQUEST, one -> false, Duration.ofMinutes(1), now);
        runThreads();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertEquals(1, store.size());
        store.remove().run();
        pass(Duration.ofSeconds(1));
        assertTrue(store.isEmpty(), "the answer that was late is heard first");
        pass(Duration.ofSeconds(1));
        store.remove().run();
        assertEquals(List.of(REQUEST, REQUEST.about(new UUID(0, 1))), requests);
        assertFalse(answer.isDone());
    }

    @Test
    void anAbortWaitsForTheNameOfItsRollback() {
        says = request -> aborted(new RollbackNote("", "", true, Optional.empty()));
        memory.currentAsOf(now);
        var answer = await().await(REQUEST, Evaluation::settled, Duration.ofMinutes(1), now);
        runThreads();
        assertFalse(answer.isDone());
        says = request -> aborted(new RollbackNote("rollbacks/1", "", false, Optional.empty()));
        change();
        runThreads();
        assertEquals(
                "rollbacks/1", answer.join().release().orElseThrow().rollback().rollback());
    }

    @Test
    void anAbortWaitsForItsRollbackNoLongerThanOtherAnswersTake() {
        says = request -> aborted(new RollbackNote("", "", true, Optional.empty()));
        var answer = await().await(REQUEST, Evaluation::settled, Duration.ofMinutes(1), now);
        runThreads();
        pass(Duration.ofSeconds(1));
        assertFalse(answer.isDone());
        pass(Duration.ofMillis(800));
        assertEquals(Outcome.ABORT, answer.join().decision().outcome());
    }

    @Test
    void anAbortWhoseRollbackCannotBeStartedNowIsToldAtOnce() {
        says = request -> aborted(new RollbackNote("", "rollback-service cannot be reached", true, Optional.empty()));
        var answer = await().await(REQUEST, Evaluation::settled, Duration.ofMinutes(1), now);
        runThreads();
        assertEquals(Outcome.ABORT, answer.join().decision().outcome());
    }

    @Test
    void whatMemoryHasIsAnsweredWithoutAnyThread() {
        inMemory = request -> Optional.of(about("known"));
        var once = await().await(REQUEST, one -> false, Duration.ZERO, now);
        assertEquals("known", told(once.join()));
        var wanted = await().await(REQUEST, one -> told(one).equals("known"), Duration.ofMinutes(1), now);
        assertEquals("known", told(wanted.join()));
        assertEquals(0, asked);
        assertTrue(threads.isEmpty());
    }

    @Test
    void whileTheFeedIsCutItAsksEverySecond() {
        says = request -> about("wait");
        memory.currentAsOf(now);
        await().await(REQUEST, one -> false, Duration.ofMinutes(1), now);
        runThreads();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertEquals(3, asked, "the latest look is a second old");
    }

    @Test
    void aServiceThatGetsItsPolicyIsAskedAboutAgain() {
        says = request -> Evaluation.unrecorded(Decision.hold(DecisionReason.UNKNOWN_SERVICE, "unknown"));
        memory.currentAsOf(now);
        var answer = await().await(REQUEST, one -> told(one).equals("wanted"), Duration.ofMinutes(1), now);
        runThreads();
        now += Duration.ofSeconds(1).toNanos();
        memory.currentAsOf(now);
        pass(Duration.ZERO);
        assertEquals(1, asked);
        services.add("checkout");
        says = request -> about("wanted");
        now += Duration.ofSeconds(1).toNanos();
        memory.currentAsOf(now);
        pass(Duration.ZERO);
        assertEquals("wanted", told(answer.join()));
    }

    @Test
    void aThousandWaitsThatOneChangeWakesAreNoThousandLooks() {
        says = request -> about("wait");
        memory.currentAsOf(now);
        var await = await();
        var answers = new ArrayList<CompletableFuture<Evaluation>>();
        for (var i = 0; i < 1_000; i++) {
            answers.add(await.await(REQUEST, one -> told(one).equals("wanted"), Duration.ofMinutes(1), now));
        }
        runThreads();
        asked = 0;
        var state = new AtomicInteger();
        says = request -> {
            var read = state.getAndIncrement();
            if (read == 0) {
                // The others are woken while the first one looks, so that what it has read may be too old for them.
                runThreads();
            }
            return about(read == 0 ? "wait" : "wanted");
        };
        change();
        runThreads();
        assertEquals(2, asked);
        assertEquals(999, answers.stream().filter(CompletableFuture::isDone).count());
        change();
        runThreads();
        assertEquals(1_000, answers.stream().filter(CompletableFuture::isDone).count());
        assertEquals(3, asked);
    }

    @Test
    void aFaultOfALookTogetherEndsEveryWaitWithIt() {
        says = request -> about("wait");
        memory.currentAsOf(now);
        var await = await();
        var first = await.await(REQUEST, one -> false, Duration.ofMinutes(1), now);
        var second = await.await(REQUEST, one -> false, Duration.ofMinutes(1), now);
        runThreads();
        says = request -> {
            runThreads();
            throw new InvalidFieldException("stable", "is another");
        };
        change();
        runThreads();
        for (var answer : List.of(first, second)) {
            var fault = assertThrows(CompletionException.class, answer::join);
            assertEquals("stable", ((InvalidFieldException) fault.getCause()).field());
        }
    }

    /**
     * Changes, looks and their ends come in an order that is drawn; a change may come in the middle of a look, after it has read. Once all is quiet every wait knows the
     * last change, though no time has passed.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noWakeUpIsLost(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++) {
            var state = new AtomicInteger();
            var last = 1 + random.nextInt(6);
            Function<GateRequest, Evaluation> look = request -> {
                var read = state.get();
                if (random.nextInt(3) == 0 && state.get() < last) {
                    state.incrementAndGet();
                    change();
                }
                return about(Integer.toString(read));
            };
            says = look;
            inMemory = request -> random.nextBoolean() ? Optional.of(look.apply(request)) : Optional.empty();
            memory.currentAsOf(now);
            var await = await();
            var answers = new ArrayList<CompletableFuture<Evaluation>>();
            for (var step = 0; step < 30; step++) {
                switch (random.nextInt(4)) {
                    case 0 ->
                        answers.add(await.await(
                                REQUEST, one -> told(one).equals(Integer.toString(last)), Duration.ofMinutes(1), now));
                    case 1 -> {
                        if (state.get() < last) {
                            state.incrementAndGet();
                            change();
                        }
                    }
                    default -> {
                        if (!threads.isEmpty()) {
                            // Threads may overtake each other.
                            (random.nextBoolean() ? threads.removeFirst() : threads.removeLast()).run();
                        }
                    }
                }
            }
            while (state.get() < last) {
                state.incrementAndGet();
                change();
            }
            runThreads();
            for (var answer : answers) {
                assertTrue(answer.isDone(), "seed " + seed + ", round " + round);
            }
            due.clear();
        }
    }
}
