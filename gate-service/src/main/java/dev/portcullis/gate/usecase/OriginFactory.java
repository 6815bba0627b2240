package dev.portcullis.gate.usecase;

import dev.portcullis.gate.decision.Origin;
import dev.portcullis.gate.trace.Traces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** Where decisions of the present moment come from. Thread-safe. */
public final class OriginFactory {
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Traces traces;

    public OriginFactory(Clock clock, Supplier<UUID> ids, Traces traces) {
        this.clock = clock;
        this.ids = ids;
        this.traces = traces;
    }

    /** Now, to the microsecond, as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    UUID newId() {
        return ids.get();
    }

    String traceparent() {
        return traces.traceparent();
    }

    Origin gate(String step) {
        return origin(Origin.GATE, "", step);
    }

    Origin person(String actor, String comment) {
        return origin(actor, comment, "");
    }

    /** @param actor what moves the traffic, e.g. "flagger" */
    Origin controller(String actor) {
        return origin(actor, "", "");
    }

    private Origin origin(String actor, String comment, String step) {
        return new Origin(ids.get(), actor, comment, step, traces.traceId(), traces.traceparent(), now());
    }
}
