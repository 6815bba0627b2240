package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.ArmCounts;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The window that is being counted.
 *
 * @param start when the reading was taken that began it
 * @param due it closes at the first reading whose place in the rhythm is here or later
 * @param lastRead when the last reading was added; null while there is none
 * @param counts so far, by objective name
 */
public record OpenWindow(
        Instant start, Instant due, @Nullable Instant lastRead, Map<String, ArmCounts> counts) {
    /** Keeps its own copy. */
    public OpenWindow {
        counts = Map.copyOf(counts);
    }

    /** A window that begins with the reading taken at {@code now}. */
    static OpenWindow begin(RunPlan plan, Instant start, Instant now) {
        return new OpenWindow(start, plan.slot(now).plus(plan.settings().window()), null, Map.of());
    }

    OpenWindow plus(Map<String, ArmCounts> increments, Instant now) {
        return new OpenWindow(start, due, now, Tally.plus(counts, increments));
    }
}
