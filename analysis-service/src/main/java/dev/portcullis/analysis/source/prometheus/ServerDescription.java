package dev.portcullis.analysis.source.prometheus;

/** What a server says of itself. */
sealed interface ServerDescription {
    /**
     * It answered.
     *
     * @param application its own name, e.g. "Grafana Mimir"; empty when it gives none, as Prometheus does
     * @param version its version; empty when it gives none
     */
    record Known(String application, String version) implements ServerDescription {}

    /** No answer that can be used, and why in one line. */
    record Refused(Fault fault, String reason) implements ServerDescription {}
}
