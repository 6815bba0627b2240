package dev.portcullis.analysis.slo;

/** How much of the false-abort budget an objective gets: its weight among the objectives of a service. */
public enum Severity {
    /** Weight 4. */
    CRITICAL(4),
    /** Weight 2. */
    MAJOR(2),
    /** Weight 1. */
    MINOR(1),
    /** Weight 0: shown, never decides. */
    INFORMATIONAL(0);

    private final double weight;

    Severity(double weight) {
        this.weight = weight;
    }

    /** Share before normalisation, 0 to 4. */
    public double weight() {
        return weight;
    }
}
