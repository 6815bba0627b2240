package dev.portcullis.analysis.budget;

import java.time.Duration;
import java.util.Set;

/** Something that remembers how many requests of the past were bad. Thread-safe; blocks for some seconds at most. */
public interface BadRatioHistory {
    /** The ratios of an SLO over windows that end now; never throws for what the other side does. */
    BadRatios read(BudgetedSlo slo, Set<Duration> windows);
}
