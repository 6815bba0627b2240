package dev.portcullis.analysis.tool.diagnosis;

/** How bad a finding is. */
public enum FindingSeverity {
    /** No release can be judged as the policy says. */
    FAULT,
    /** Releases can be judged, but probably not as was meant. */
    WARNING,
    /** Nothing to mend. */
    NOTE
}
