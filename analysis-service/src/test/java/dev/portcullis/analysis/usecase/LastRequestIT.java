package dev.portcullis.analysis.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a canary was last seen to have served a request, by which the gate knows whether traffic has moved on. */
final class LastRequestIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCanaryThatServesNothingHasNoLastRequestHoweverLongItIsLookedAt() {
        var run = world.start();
        world.poll(0, 0, 1, 27_000);
        world.poll(0, 0, 1, 27_000);
        assertNull(world.read(run).measurement().totals().lastRequest());
    }

    @Test
    void itIsTheReadingThatLastCountedOneAndIsKeptOverARestart() {
        var run = world.start();
        world.poll(0, 10, 1, 27_000);
        var last = world.clock.instant();
        world.poll(0, 0, 1, 27_000);
        world.reader.breakDown("connection refused");
        world.poll(0, 0, 1, 27_000);
        world.restart();
        assertEquals(last, world.read(run).measurement().totals().lastRequest());
        world.reader.recover();
        world.poll(1, 1, 1, 27_000);
        assertEquals(
                world.clock.instant(), world.read(run).measurement().totals().lastRequest());
    }
}
