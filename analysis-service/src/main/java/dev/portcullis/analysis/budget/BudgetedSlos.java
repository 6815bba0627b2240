package dev.portcullis.analysis.budget;

import java.util.List;

/** The SLOs known now. Thread-safe; what it answers may change from call to call. */
public interface BudgetedSlos {
    /** All of them, by name, whether or not a policy names them. */
    List<BudgetedSlo> slos();
}
