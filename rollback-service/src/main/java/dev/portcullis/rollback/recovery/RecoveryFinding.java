package dev.portcullis.rollback.recovery;

/** What is known of a recovery. */
public sealed interface RecoveryFinding {
    /** What was found, in one or two sentences. */
    String text();

    /** Proved: every objective is met again. */
    record Recovered(String analysis, String text) implements RecoveryFinding {}

    /** Proved to the contrary: an objective is violated on the restored version too. */
    record NotRecovered(String analysis, String text) implements RecoveryFinding {}

    /** Neither yet. */
    record Measuring(String analysis, String text) implements RecoveryFinding {}

    /** The analysis ended with neither. */
    record Inconclusive(String analysis, String text) implements RecoveryFinding {}

    /** It cannot be asked now. */
    record Unavailable(String text) implements RecoveryFinding {}
}
