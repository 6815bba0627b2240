package dev.portcullis.gate.analysis;

import java.util.Optional;
import java.util.UUID;

/** The analyses of analysis-service. Every call ends within about a second; none but {@link #record} throws for what the other side does. Thread-safe. */
public interface Analyses {
    /**
     * Starts an analysis, or answers the one this id started before.
     *
     * @param id idempotency key
     * @param canary arm label value of the canary
     * @param baseline arm label value of the stable version; empty = none
     */
    AnalysisReply start(UUID id, String service, String canary, String baseline);

    /** Asks what an analysis says now. */
    AnalysisReply read(String analysis);

    /**
     * What an analysis follows from, as bytes that only analysis-service's own code reads; with the windows that it has closed by now.
     *
     * @return empty when there is no such analysis any more
     * @throws AnalysisUnavailableException when it cannot be asked
     */
    Optional<byte[]> record(String analysis);

    /** Ends the measuring of an analysis if that can be told now; otherwise it ends by itself at its deadline. */
    void cancel(String analysis, String reason);
}
