package dev.portcullis.gate.http.gate;

import dev.portcullis.kit.lifecycle.StartupException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import java.util.concurrent.atomic.AtomicInteger;

/** The callers that wait for an answer, up to a number of them. Made with its container, so that a setting that is not legal ends the start. Thread-safe. */
@Context
final class OpenWaits {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /** @param most that may be open at once, 0 or more */
    OpenWaits(@Property(name = "portcullis.gate.max-waits") int most, MeterRegistry meters) {
        if (most < 0) {
            throw new StartupException("PORTCULLIS_MAX_WAITS: is " + most + "; legal: 0 or more");
        }
        this.most = most;
        Gauge.builder("portcullis.gate.open.waits", open, AtomicInteger::get)
                .description("Callers of /v1/gate that wait for an answer")
                .register(meters);
    }

    /** Whether one more may wait; who may has to {@link #end()} it. */
    boolean begin() {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void end() {
        open.decrementAndGet();
    }

    /** In words, for whoever may not. */
    String refusal() {
        return most
                + " callers wait already, the most that are served at once; ask again in a moment or without wait, or raise PORTCULLIS_MAX_WAITS";
    }
}
