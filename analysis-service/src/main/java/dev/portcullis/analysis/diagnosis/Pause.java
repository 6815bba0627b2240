package dev.portcullis.analysis.diagnosis;

import java.time.Duration;

/** The time between two looks at a source that keeps no history. */
@FunctionalInterface
public interface Pause {
    /** Waits; answers how long it was, more than 0. */
    Duration take();
}
