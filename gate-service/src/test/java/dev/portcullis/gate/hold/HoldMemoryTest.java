package dev.portcullis.gate.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What of holds may be answered from memory. */
final class HoldMemoryTest {
    private static final PromotionHold HOLD = new PromotionHold(
            UUID.randomUUID(),
            1,
            List.of("checkout"),
            Optional.empty(),
            List.of(),
            "an incident",
            "ann",
            Instant.EPOCH,
            Optional.of(Instant.MAX),
            Optional.empty(),
            false);

    private long now = 1_000;
    private final HoldMemory memory = new HoldMemory(() -> now, Duration.ofNanos(250));

    @Test
    void nothingIsKnownBeforeTheFirstLookNorAfterAGap() {
        assertEquals(Optional.empty(), memory.active());
        memory.keep(List.of(HOLD));
        memory.currentAsOf(now);
        assertEquals(Optional.of(List.of(HOLD)), memory.active());
        memory.forget();
        assertEquals(Optional.empty(), memory.active());
    }

    @Test
    void whatIsOlderThanIsStatedIsNotAnswered() {
        memory.currentAsOf(now);
        now += 250;
        assertEquals(Optional.of(List.of()), memory.active());
        now++;
        assertEquals(Optional.empty(), memory.active());
    }

    @Test
    void whatThisProcessChangedIsKnownByALookThatBeganAfterIt() {
        memory.currentAsOf(now);
        now += 10;
        memory.changedHere();
        assertEquals(Optional.empty(), memory.active());
        memory.currentAsOf(now - 5);
        assertEquals(Optional.empty(), memory.active(), "that look may have missed it");
        now += 10;
        memory.keep(List.of(HOLD));
        memory.currentAsOf(now);
        assertEquals(Optional.of(List.of(HOLD)), memory.active());
    }
}
