package dev.portcullis.analysis.run;

import dev.portcullis.analysis.judge.Verdict;
import java.time.Instant;
import java.util.UUID;

/**
 * That the verdict or the state of an analysis became another.
 *
 * @param time when it was stored, by the clock of the store
 */
public record VerdictChange(UUID analysis, String service, AnalysisState state, Verdict verdict, Instant time) {}
