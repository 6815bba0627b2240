package dev.portcullis.analysis.slo;

/** Where a setting's value comes from. */
public enum Provenance {
    /** The policy says it. */
    POLICY,
    /** The policy says nothing: the built-in default. */
    DEFAULT,
    /** Measured from the stable version's history, as the policy asks. */
    MEASURED,
    /** To be measured, but there is too little history so far: the built-in default until there is. */
    NOT_MEASURED_YET;

    /** Whether the policy asks for the measured value. */
    public boolean wantsMeasurement() {
        return this == MEASURED || this == NOT_MEASURED_YET;
    }
}
