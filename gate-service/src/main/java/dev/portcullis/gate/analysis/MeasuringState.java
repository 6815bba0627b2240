package dev.portcullis.gate.analysis;

/** Whether the canary could be measured at the last poll; never a statement about its health. */
public enum MeasuringState {
    /** Counters were read, and the canary has served requests. */
    MEASURING,
    /** The metrics source answers but knows of no request to the canary. */
    NO_DATA,
    /** The metrics source did not answer, or not usably. */
    UNREACHABLE
}
