package dev.portcullis.gate.budget;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The error budgets as they were last read, in the memory of a replica. A fault hides no budget that was read in the last {@link #GOOD_FOR}. Thread-safe, never blocks. */
public final class ErrorBudgetMemory {
    /** The oldest reading that anything is decided by. */
    public static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private final Map<String, Reading> read = new ConcurrentHashMap<>();

    /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
    public ErrorBudgetMemory(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * What was last read of a service.
     *
     * @param budgets of the last reading that gave any
     * @param at when that was
     * @param fault why the last one gave none; empty when it did
     */
    private record Reading(Optional<List<ErrorBudget>> budgets, long at, String fault) {
        private Reading failed(String detail) {
            return new Reading(budgets, at, detail);
        }
    }

    /** Remembers what was heard of a service. */
    public void heard(String service, ErrorBudgetReply reply) {
        switch (reply) {
            case ErrorBudgetReply.Known known ->
                read.put(service, new Reading(Optional.of(known.budgets()), nanos.getAsLong(), ""));
            case ErrorBudgetReply.Unknown unknown ->
                read.merge(
                        service,
                        new Reading(Optional.empty(), 0, unknown.detail()),
                        (old, failed) -> old.failed(unknown.detail()));
        }
    }

    /** Forgets all services but these. */
    public void keep(Collection<String> services) {
        read.keySet().retainAll(services);
    }

    /** What is known of a service now. */
    public ErrorBudgetReply of(String service) {
        var reading = read.get(service);
        if (reading == null) {
            return new ErrorBudgetReply.Unknown("it has not been read yet");
        }
        return reading.budgets()
                .filter(budgets -> nanos.getAsLong() - reading.at() <= GOOD_FOR.toNanos())
                .<ErrorBudgetReply>map(ErrorBudgetReply.Known::new)
                .orElseGet(() -> new ErrorBudgetReply.Unknown(
                        reading.fault().isEmpty() ? "it has not been read for too long" : reading.fault()));
    }
}
