package dev.portcullis.gate.analysis;

/** An analysis exactly as it was seen, to be kept beside a decision. Written out only when a decision is: polls that change nothing need no copy. */
@FunctionalInterface
public interface AnalysisSnapshot {
    /** The whole analysis as one JSON object. */
    String json();
}
