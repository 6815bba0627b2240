package dev.portcullis.gate.budget;

import java.util.List;

/** What came of asking for the error budgets of a service. */
public sealed interface ErrorBudgetReply {
    /** Those of all its SLOs. */
    record Known(List<ErrorBudget> budgets) implements ErrorBudgetReply {
        public Known {
            budgets = List.copyOf(budgets);
        }
    }

    /**
     * analysis-service could not be asked, or could not answer.
     *
     * @param detail why, one line
     */
    record Unknown(String detail) implements ErrorBudgetReply {}
}
