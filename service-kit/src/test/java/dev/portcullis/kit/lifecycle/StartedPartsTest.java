package dev.portcullis.kit.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class StartedPartsTest {
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final StartedParts parts = new StartedParts(ends::add);

    private AutoCloseable part(String name) {
        return () -> ends.add(name);
    }

    @Test
    void theEndIsInTheReverseOrderOfTheStartAndAFaultKeepsNoneFromEnding() {
        parts.start(() -> part("database"));
        parts.start(() -> (AutoCloseable) () -> {
            throw new IllegalStateException("no");
        });
        parts.start(() -> part("gate"));
        parts.close();
        assertEquals(
                List.of("gate", "a part did not end cleanly: java.lang.IllegalStateException: no", "database"), ends);
    }

    @Test
    void aPartThatIsStartingWhenTheEndIsAskedForIsEndedToo() throws InterruptedException {
        var starting = new CountDownLatch(1);
        var ready = new CountDownLatch(1);
        var starter = Thread.ofVirtual()
                .start(() -> parts.start(() -> {
                    starting.countDown();
                    await(ready);
                    return part("database");
                }));
        starting.await();
        var end = Thread.ofVirtual().start(parts::close);
        while (!parts.isEnded()) {
            Thread.onSpinWait();
        }
        ready.countDown();
        starter.join();
        end.join();
        assertEquals(List.of("database"), ends);
    }

    @Test
    void nothingIsStartedAfterTheEndWasAskedFor() {
        parts.close();
        assertThrows(StartupException.class, () -> parts.start(() -> part("late")));
        assertEquals(List.of(), ends);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
