package dev.portcullis.analysis.mannwhitney;

/** What becomes of a window in which an arm had no request; Kayenta's {@code nanStrategy}. */
public enum NanStrategy {
    /** It is left out. */
    REMOVE,
    /**
     * It counts as 0. Unlike in Kayenta it is no measured window: an arm needs the minimum of measured windows all the same,
     * so that replaced values alone never pass.
     */
    REPLACE
}
