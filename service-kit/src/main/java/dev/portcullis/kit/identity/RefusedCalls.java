package dev.portcullis.kit.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Counts calls that were refused for who makes them, as {@code portcullis_refused_calls_total} by reason, each there from the start at 0, and tells of them. Thread-safe. */
public final class RefusedCalls {
    private final Map<CallRefusedException.Reason, Counter> counters = new EnumMap<>(CallRefusedException.Reason.class);

    private final Consumer<CallRefusedException> listener;

    /** One that tells nobody. */
    public RefusedCalls(MeterRegistry meters) {
        this(meters, refusal -> {});
    }

    /** @param listener hears of each in the thread that answers it, and waits for nothing */
    public RefusedCalls(MeterRegistry meters, Consumer<CallRefusedException> listener) {
        this.listener = listener;
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
        listener.accept(refusal);
    }
}
