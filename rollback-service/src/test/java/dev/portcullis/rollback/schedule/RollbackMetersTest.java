package dev.portcullis.rollback.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.rollback.plan.Mode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RollbackMetersTest {
    @Test
    void everyEndAndBothPromisesAreThereAtZeroBeforeAnyRollback() {
        var registry = new SimpleMeterRegistry();
        new RollbackMeters(registry);
        for (var mode : Mode.values()) {
            for (var state : List.of("SUCCEEDED", "FAILED", "NEEDS_HUMAN", "CANCELLED")) {
                var ended = registry.get("portcullis.rollbacks.ended").tags("state", state, "mode", mode.name());
                assertEquals(0, ended.counter().count());
                var took = registry.get("portcullis.rollback.duration").tags("state", state, "mode", mode.name());
                assertEquals(0, took.timer().count());
            }
            for (var within : List.of("true", "false")) {
                var back = registry.get("portcullis.rollback.traffic.back").tags("within", within, "mode", mode.name());
                assertEquals(0, back.timer().count());
            }
        }
    }
}
