package dev.portcullis.gate.analysis;

import java.util.Optional;

/** What came of asking analysis-service: its report, or why there is none. */
public sealed interface AnalysisReply
        permits AnalysisReport, AnalysisReply.ServiceUnknown, AnalysisReply.Refused, AnalysisReply.Unavailable {
    /** What it said; empty when it did not answer. */
    default Optional<AnalysisReport> report() {
        return Optional.empty();
    }

    /**
     * It knows no policy for the service.
     *
     * @param detail what it said, one line
     */
    record ServiceUnknown(String detail) implements AnalysisReply {}

    /**
     * It answered that it will not do what it is asked to, and would answer the same again.
     *
     * @param detail what it said, one line
     */
    record Refused(String detail) implements AnalysisReply {}

    /**
     * It could not be asked, or could not answer; says nothing about the canary.
     *
     * @param detail why, one line
     */
    record Unavailable(String detail) implements AnalysisReply {}
}
