package dev.portcullis.rollback.schedule;

import dev.portcullis.rollback.rollback.Rollback;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How rollbacks ended and how long they took, as {@code portcullis_rollbacks_ended_total} and {@code portcullis_rollback_duration_seconds}. */
public final class RollbackMeters {
    private final MeterRegistry registry;

    public RollbackMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts a rollback whose end has just been written; only the writer knows, so it counts once. */
    void ended(Rollback rollback) {
        var life = rollback.life();
        Counter.builder("portcullis.rollbacks.ended")
                .description("Rollbacks that ended, by the state they ended in")
                .tag("state", life.state().name())
                .register(registry)
                .increment();
        Timer.builder("portcullis.rollback.duration")
                .description("Time from the start of a rollback to its end")
                .tag("state", life.state().name())
                .register(registry)
                .record(Duration.between(life.createTime(), life.endTime().orElseThrow()));
    }
}
