package dev.portcullis.analysis.budget;

/** Something that remembers how many requests of the past were bad. Thread-safe; blocks for some seconds at most. */
public interface BadRatioHistory {
    /**
     * The ratios of an SLO over its period so far and over each window of the rows, all up to one moment, which is about now; never throws
     * for what the other side does.
     */
    BadRatios read(BudgetedSlo slo, BurnRateRows rows);
}
