package dev.portcullis.analysis.slo;

/**
 * How many requests at most fail together.
 *
 * @param requests 1 or more; tempers what the PASS side makes of requests
 * @param from where the number comes from
 */
public record ClusterSize(double requests, Provenance from) {
    /** The default. */
    public static final ClusterSize DEFAULT = new ClusterSize(5, Provenance.DEFAULT);
}
