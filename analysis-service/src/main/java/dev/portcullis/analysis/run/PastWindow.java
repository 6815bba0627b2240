package dev.portcullis.analysis.run;

import dev.portcullis.analysis.evidence.Halves;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * What the stable version did in a window of an analysis that is past.
 *
 * @param analysis which one
 * @param length of the window
 * @param halves the stable version's requests by objective name
 */
public record PastWindow(UUID analysis, Duration length, Map<String, Halves> halves) {
    /** Keeps its own copy. */
    public PastWindow {
        halves = Map.copyOf(halves);
    }
}
