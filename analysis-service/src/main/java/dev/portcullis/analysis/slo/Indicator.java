package dev.portcullis.analysis.slo;

import dev.portcullis.analysis.query.Selector;
import java.util.List;

/** How the good and the bad requests of an objective are counted. */
public sealed interface Indicator permits RatioIndicator, LatencyIndicator {
    /** Name of the data source, as the catalogue of sources knows it. */
    String source();

    /** What is to be read of it: of a ratio the good or the bad requests and then all, of a latency its histogram. */
    List<Selector> selectors();
}
