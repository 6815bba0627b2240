package dev.portcullis.gate.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gate.decision.DecisionReason;
import dev.portcullis.gate.release.InvalidFieldException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a wait asks, and what ends it. */
final class AwaitDecisionTest extends AwaitDecisionSetup {
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
}
