package dev.portcullis.analysis.slo;

/** What it means when a canary breaches its SLO without being worse than the baseline, as in an outage that hits everyone. */
public enum SloBreach {
    /** The canary fails: it is beyond its limits, whoever is to blame. */
    FAIL,
    /**
     * The canary fails unless the baseline fails alike: then it does not pass, and fails only when it is far worse than the baseline.
     * Without a baseline of the same time as FAIL.
     */
    FAIL_UNLESS_SHARED,
    /** The canary does not pass, and fails only when it is worse than the baseline. Without a baseline as FAIL. */
    HOLD
}
