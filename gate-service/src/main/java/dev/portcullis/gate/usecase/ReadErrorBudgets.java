package dev.portcullis.gate.usecase;

import dev.portcullis.gate.budget.ErrorBudgetMemory;
import dev.portcullis.gate.budget.ErrorBudgetReply;
import dev.portcullis.gate.budget.ErrorBudgets;
import dev.portcullis.gate.policy.Policies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Reads the error budgets that rules of policies go by, each every half minute, and after a fault every five seconds. Not thread-safe. */
public final class ReadErrorBudgets {
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration EVERY_AFTER_FAULT = Duration.ofSeconds(5);

    private final Policies policies;
    private final ErrorBudgets budgets;
    private final ErrorBudgetMemory memory;
    private final LongSupplier nanos;
    private final Map<String, Long> due = new HashMap<>();

    /**
     * One for all services.
     *
     * @param memory where they are put
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    public ReadErrorBudgets(Policies policies, ErrorBudgets budgets, ErrorBudgetMemory memory, LongSupplier nanos) {
        this.policies = policies;
        this.budgets = budgets;
        this.memory = memory;
        this.nanos = nanos;
    }

    /** Reads those that are due, one after the other, and returns when that is done. */
    public void readDue() {
        var wanted = services();
        due.keySet().retainAll(wanted);
        memory.keep(wanted);
        for (var service : wanted) {
            var now = nanos.getAsLong();
            if (now - due.getOrDefault(service, now) >= 0) {
                var reply = budgets.of(service);
                memory.heard(service, reply);
                var pause = reply instanceof ErrorBudgetReply.Known ? EVERY : EVERY_AFTER_FAULT;
                due.put(service, now + pause.toNanos());
            }
        }
    }

    private List<String> services() {
        return policies.services().stream()
                .flatMap(service -> policies.rules(service).stream().flatMap(rule -> rule.budgets(service).stream()))
                .distinct()
                .toList();
    }
}
