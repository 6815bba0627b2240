package dev.portcullis.rollback.schedule;

import dev.portcullis.rollback.lifecycle.Rollback;
import dev.portcullis.rollback.lifecycle.RollbackState;
import dev.portcullis.rollback.plan.Mode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/**
 * How rollbacks ended and how long they took, as {@code portcullis_rollbacks_ended_total}, {@code portcullis_rollback_duration_seconds} and
 * {@code portcullis_rollback_traffic_back_seconds}. Each is there from the start with every label value, at 0: an increase is seen only of what was there before.
 */
public final class RollbackMeters {
    private final MeterRegistry registry;

    public RollbackMeters(MeterRegistry registry) {
        this.registry = registry;
        for (var mode : Mode.values()) {
            Arrays.stream(RollbackState.values()).filter(RollbackState::ended).forEach(state -> {
                ends(state, mode);
                durations(state, mode);
            });
            trafficBack(true, mode);
            trafficBack(false, mode);
        }
    }

    /** Counts a rollback whose end has just been written; only the writer knows, so it counts once. */
    void ended(Rollback rollback) {
        var status = rollback.status();
        var mode = rollback.origin().mode();
        ends(status.state(), mode).increment();
        durations(status.state(), mode)
                .record(Duration.between(status.createTime(), status.endTime().orElseThrow()));
        status.trafficBackTime().ifPresent(back -> {
            var took = Duration.between(status.createTime(), back);
            var kept = took.compareTo(rollback.plan().limits().trafficBackWithin()) <= 0;
            trafficBack(kept, mode).record(took);
        });
    }

    private Counter ends(RollbackState state, Mode mode) {
        return Counter.builder("portcullis.rollbacks.ended")
                .description("Rollbacks that ended, by the state they ended in")
                .tag("state", state.name())
                .tag("mode", mode.name())
                .register(registry);
    }

    private Timer durations(RollbackState state, Mode mode) {
        return Timer.builder("portcullis.rollback.duration")
                .description("Time from the start of a rollback to its end")
                .tag("state", state.name())
                .tag("mode", mode.name())
                .register(registry);
    }

    private Timer trafficBack(boolean kept, Mode mode) {
        return Timer.builder("portcullis.rollback.traffic.back")
                .description(
                        "Time from the start of a rollback until users were seen off the bad revision, by whether the promise was kept")
                .tag("within", Boolean.toString(kept))
                .tag("mode", mode.name())
                .register(registry);
    }
}
