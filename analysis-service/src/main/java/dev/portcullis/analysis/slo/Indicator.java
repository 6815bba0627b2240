package dev.portcullis.analysis.slo;

/** How the good and the bad requests of an objective are counted. */
public sealed interface Indicator permits RatioIndicator, LatencyIndicator {
    /** Name of the data source, as the catalogue of sources knows it. */
    String source();
}
