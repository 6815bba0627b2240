package dev.portcullis.gate.release;

/** Where in its life a release is; every state but OPEN is an end. */
public enum ReleaseState {
    /** Decisions are still made. */
    OPEN,
    /** Ended well: by a person, by what moves the traffic, or its analysis ended with a PASS. */
    PROMOTED,
    /** Ended by an ABORT, which is final. */
    ABORTED,
    /** Ended because the canary of a newer release of the same rollout serves users, or what moves the traffic went on to another version. */
    SUPERSEDED,
    /** Ended without a verdict: the canary served no request up to the deadline, no analysis of it could be had, or whoever asked for it cancelled it. */
    EXPIRED
}
