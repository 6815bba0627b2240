package dev.portcullis.gate.budget;

/** Where error budgets are asked for. Thread-safe. */
public interface ErrorBudgets {
    /** Asks for those of a service. May take seconds; never throws. */
    ErrorBudgetReply of(String service);
}
