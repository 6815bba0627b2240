package dev.portcullis.analysis.budget;

import java.time.Duration;

/** The rows somebody chose, which may depend on the period of the SLO. */
public interface BurnRateChoice {
    /**
     * The rows for an SLO.
     *
     * @param period of the SLO, at least {@link #shortestPeriod()}
     */
    BurnRateRows forPeriod(Duration period);

    /** The shortest period the rows make sense for: no window is longer than it. */
    Duration shortestPeriod();
}
