package dev.portcullis.analysis.judge;

/** How the requests of one window become evidence. */
public enum Form {
    /** One vote per window: valid under any dependence of the errors inside a window. */
    VOTE,
    /** Every request counts, tempered by the size of the groups that errors come in. */
    COUNT
}
