package dev.portcullis.analysis.tool.diagnosis;

/** The time between two looks at a source that keeps no history. */
@FunctionalInterface
public interface Pause {
    /** Waits. How long it was shows in the times of what is read. */
    void take();
}
