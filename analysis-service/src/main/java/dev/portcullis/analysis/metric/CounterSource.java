package dev.portcullis.analysis.metric;

import java.util.List;

/** Something that holds raw cumulative counters, such as a Prometheus server. Thread-safe; blocks for 2 s at most. */
public interface CounterSource {
    /**
     * The present value of every series a selector means, as far as it belongs to one of the arms; all selectors at the same moment as
     * far as the source can. Says what it saw and judges nothing; never throws for what the other side does.
     */
    SourceReading read(List<Selector> selectors, Arms arms);
}
