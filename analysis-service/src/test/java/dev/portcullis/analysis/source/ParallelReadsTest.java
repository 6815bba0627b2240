package dev.portcullis.analysis.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class ParallelReadsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void allAreReadAtTheSameTimeAndAnsweredInOrder() {
        CyclicBarrier meeting = new CyclicBarrier(3);
        var answers = ParallelReads.of(List.of("a", "b", "c"), LONG, item -> {
            try {
                meeting.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return item + item;
        });
        assertEquals(List.of(Optional.of("aa"), Optional.of("bb"), Optional.of("cc")), answers);
    }

    @Test
    void oneThatIsTooLateIsInterruptedAndTheOthersCount() {
        CountDownLatch never = new CountDownLatch(1);
        var answers = ParallelReads.of(List.of(1, 2), Duration.ofSeconds(3), item -> {
            try {
                if (item == 2) {
                    never.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return item;
        });
        assertEquals(List.of(Optional.of(1), Optional.empty()), answers);
    }

    @Test
    void aReadingBelongsToTheTraceOfItsCaller() {
        ContextKey<String> key = ContextKey.named("trace");
        try (var scope = Context.current().with(key, "mine").makeCurrent()) {
            var seen = ParallelReads.of(
                    List.of(1), LONG, item -> String.valueOf(Context.current().get(key)));
            assertEquals(List.of(Optional.of("mine")), seen);
        }
    }

    @Test
    void aDefectIsNotTakenForALateAnswer() {
        assertThrows(IllegalStateException.class, () -> ParallelReads.of(List.of(0), LONG, item -> 1 / item));
    }
}
