package dev.portcullis.gate.analysis;

import java.util.UUID;

/** The analyses of analysis-service. Every call ends within about a second; none throws for what the other side does. Thread-safe. */
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

    /** Ends the measuring of an analysis if that can be told now; otherwise it ends by itself at its deadline. */
    void cancel(String analysis, String reason);
}
