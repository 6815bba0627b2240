package dev.portcullis.rollback.recovery;

/** The port to analysis-service. Thread-safe; each call ends within about a second and does not throw for what the other side does. */
public interface RecoveryAnalyses {
    /** Begins an analysis of the restored version, or looks at the one this question began. */
    RecoveryFinding ask(RecoveryQuestion question);

    /** Ends the analysis of a question nobody asks any more; may be of no effect. */
    void end(RecoveryQuestion question, String why);
}
