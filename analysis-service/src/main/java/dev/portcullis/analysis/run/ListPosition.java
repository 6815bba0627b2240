package dev.portcullis.analysis.run;

import java.time.Instant;
import java.util.UUID;

/**
 * The analysis after which a page starts. A page begins where the last one ended even when analyses were begun in between.
 *
 * @param begin when that analysis began
 * @param id its id, which orders those of one moment
 */
public record ListPosition(Instant begin, UUID id) {
    /** The page after this analysis. */
    public static ListPosition after(AnalysisRun run) {
        return new ListPosition(run.plan().begin(), run.id());
    }
}
