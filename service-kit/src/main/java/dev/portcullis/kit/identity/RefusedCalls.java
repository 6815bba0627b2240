package dev.portcullis.kit.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts calls that were refused for who makes them, as {@code portcullis_refused_calls_total} by reason; each is there from the start, at 0. Thread-safe. */
public final class RefusedCalls {
    private final Map<CallRefusedException.Reason, Counter> counters = new EnumMap<>(CallRefusedException.Reason.class);

    public RefusedCalls(MeterRegistry meters) {
        for (var reason : CallRefusedException.Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("portcullis.refused.calls")
                            .description("Calls refused because their caller is not known or lacks a role")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    /** Counts one. */
    public void count(CallRefusedException refusal) {
        var counter = counters.get(refusal.reason());
        if (counter != null) {
            counter.increment();
        }
    }
}
