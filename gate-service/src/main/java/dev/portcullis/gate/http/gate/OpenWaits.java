package dev.portcullis.gate.http.gate;

import dev.portcullis.kit.identity.Caller;
import dev.portcullis.kit.lifecycle.StartupException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The callers that wait for an answer, up to a number of them. Made with its container, so that a setting that is not legal ends the start. Thread-safe. */
@Context
final class OpenWaits {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    /** Numbers by caller, without those who have none. */
    private final Map<String, Integer> ofCallers = new ConcurrentHashMap<>();

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

    /** Whether a caller may wait once more; if so he has to {@link #end} it. One who is known may have half of them at most. */
    boolean begin(Caller caller) {
        var all = open.incrementAndGet();
        var own = ofCallers.merge(key(caller), 1, Integer::sum);
        if (all > most || own > mostOf(caller)) {
            end(caller);
            return false;
        }
        return true;
    }

    void end(Caller caller) {
        open.decrementAndGet();
        ofCallers.computeIfPresent(key(caller), (key, number) -> number == 1 ? null : number - 1);
    }

    private int mostOf(Caller caller) {
        return caller.kind() == Caller.Kind.LOCAL ? most : Math.max(1, most / 2);
    }

    private static String key(Caller caller) {
        return caller.issuer() + " " + caller.subject();
    }

    /** In words, for whoever may not. */
    String refusal() {
        return most
                + " callers wait already, or half as many of this one, the most that are served at once; ask again in a moment or without wait, or raise PORTCULLIS_MAX_WAITS";
    }
}
