package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.analysis.AnalysisProgress;
import dev.portcullis.gate.decision.Decision;
import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.decision.Outcome;
import dev.portcullis.gate.release.GateRequest;
import dev.portcullis.gate.release.InvalidFieldException;
import dev.portcullis.gate.release.Release;
import dev.portcullis.gate.release.ReleaseStart;
import dev.portcullis.gate.release.ReleaseState;
import dev.portcullis.gate.release.RollbackNote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What wakes a wait, and what it looks at then. */
final class AwaitDecisionWakeUpTest extends AwaitDecisionSetup {
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
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                rollback));
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
