package dev.portcullis.rollback.schedule;

import dev.portcullis.rollback.rollback.Rollback;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How rollbacks ended and how long they took, as {@code portcullis_rollbacks_ended_total}, {@code portcullis_rollback_duration_seconds} and
 * {@code portcullis_rollback_traffic_back_seconds}. */
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
                .tag("mode", rollback.commission().mode().name())
                .register(registry)
                .increment();
        Timer.builder("portcullis.rollback.duration")
                .description("Time from the start of a rollback to its end")
                .tag("state", life.state().name())
                .tag("mode", rollback.commission().mode().name())
                .register(registry)
                .record(Duration.between(life.createTime(), life.endTime().orElseThrow()));
        life.trafficBackTime().ifPresent(back -> trafficBack(rollback, Duration.between(life.createTime(), back)));
    }

    private void trafficBack(Rollback rollback, Duration took) {
        var kept = took.compareTo(rollback.plan().limits().trafficBackWithin()) <= 0;
        Timer.builder("portcullis.rollback.traffic.back")
                .description(
                        "Time from the start of a rollback until users were seen off the bad revision, by whether the promise was kept")
                .tag("within", Boolean.toString(kept))
                .tag("mode", rollback.commission().mode().name())
                .register(registry)
                .record(took);
    }
}
